package dev.edgegateway.sensor.nmea;

/** Ends the reading of one sentence; never leaves the package. Cheap, as noise on a line makes many. */
final class DamagedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    DamagedException(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
