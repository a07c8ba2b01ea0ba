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

    /** What {@link #millisSince} answers if the clocks of two stamps cannot be compared. */
    public static final long UNKNOWN = -1;

    /**
     * Time that passed between an earlier stamp and this one: by the monotonic clock within one boot, by the wall clocks
     * across boots if both had been set.
     *
     * @return milliseconds, at least 0, or {@link #UNKNOWN}.
     */
    public long millisSince(Stamp earlier) {
        if (bootId == earlier.bootId) {
            return Math.max(0, monotonicMillis - earlier.monotonicMillis);
        }
        if (synchronised && earlier.synchronised) {
            return Math.max(0, wallMillis - earlier.wallMillis);
        }
        return UNKNOWN;
    }

    /** Reads all clocks at once. Any thread. */
    @FunctionalInterface
    public interface Source {
        Stamp now();
    }
}
