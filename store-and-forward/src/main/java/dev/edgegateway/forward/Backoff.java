package dev.edgegateway.forward;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Decorrelated jitter: each wait is drawn between the least one and three times the wait before, never above the
 * longest. Many gateways that lost the same platform at the same instant come back spread out. One thread.
 */
final class Backoff {
    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long lastNanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        minNanos = min.toNanos();
        maxNanos = max.toNanos();
        this.random = random;
        lastNanos = minNanos;
    }

    /** @return nanoseconds to wait before the next attempt. */
    long next() {
        long bound = Math.min(maxNanos, lastNanos > maxNanos / 3 ? maxNanos : lastNanos * 3);
        lastNanos = bound <= minNanos ? minNanos : random.nextLong(minNanos, bound + 1);
        return lastNanos;
    }

    /** The link was up for long enough that the next loss is a new story. */
    void reset() {
        lastNanos = minNanos;
    }
}
