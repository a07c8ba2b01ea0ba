package dev.edgegateway.broker.tls;

/** A file of keys or certificates that cannot be used. The message names the file, what is wrong and what to do. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    TlsException(String message) {
        super(message);
    }

    TlsException(String message, Throwable cause) {
        super(message, cause);
    }
}
