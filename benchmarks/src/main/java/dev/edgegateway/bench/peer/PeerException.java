package dev.edgegateway.bench.peer;

/** A process to be measured cannot be; the message says what to do about it. */
public final class PeerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PeerException(String message) {
        super(message);
    }

    public PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
