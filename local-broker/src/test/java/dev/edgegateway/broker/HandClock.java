package dev.edgegateway.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Wall clock and monotonic clock that move when the test says so; any thread. */
final class HandClock implements InstantSource {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong leapMillis = new AtomicLong(1_700_000_000_000L);

    /** Time goes on. */
    void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    /** The wall clock is set; time does not go on. */
    void leap(Duration by) {
        leapMillis.addAndGet(by.toMillis());
    }

    long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(leapMillis.get() + TimeUnit.NANOSECONDS.toMillis(nanos.get()));
    }
}
