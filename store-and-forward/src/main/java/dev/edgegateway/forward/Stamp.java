package dev.edgegateway.forward;

/**
 * When a message was taken, in every clock there is, so that a wrong wall clock can be corrected later.
 *
 * @param bootId names one run of the machine; monotonic times compare only within it.
 * @param monotonicMillis milliseconds since some point of that run.
 * @param wallMillis milliseconds since 1970 by the wall clock as it stood.
 * @param synchronised whether the wall clock had been set from a source to be trusted.
 */
public record Stamp(long bootId, long monotonicMillis, long wallMillis, boolean synchronised) {

    /** Reads all clocks at once. Any thread. */
    @FunctionalInterface
    public interface Source {
        Stamp now();
    }
}
