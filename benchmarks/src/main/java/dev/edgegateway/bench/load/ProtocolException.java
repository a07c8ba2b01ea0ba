package dev.edgegateway.bench.load;

/** The broker sent what it should not have. The run is over. */
final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProtocolException(String what) {
        super(what);
    }
}
