package dev.edgegateway.broker.session;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time that expiry is counted in: the wall clock's milliseconds when the broker opened, and from then on only what a
 * monotonic clock adds, so that a wall clock that leaps neither ends nor prolongs anything. What is stored in it is
 * comparable after a restart as far as the wall clock went on meanwhile.
 */
public final class Timeline implements LongSupplier {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final long startMillis;
    private final long startNanos;
    private final LongSupplier nanos;

    /** @param nanos a monotonic clock. */
    public Timeline(InstantSource wall, LongSupplier nanos) {
        this.startMillis = wall.millis();
        this.startNanos = nanos.getAsLong();
        this.nanos = nanos;
    }

    /** Milliseconds; never falling. */
    @Override
    public long getAsLong() {
        return startMillis + (nanos.getAsLong() - startNanos) / NANOS_PER_MILLI;
    }
}
