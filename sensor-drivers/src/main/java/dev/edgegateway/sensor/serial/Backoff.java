package dev.edgegateway.sensor.serial;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: doubling, bounded, and scattered so that many ports do not try in step. Not thread-safe. */
final class Backoff {
    /** A replugged device needs about this long until its name is there again. */
    static final Duration FIRST = Duration.ofMillis(500);

    /** Opening a missing device costs next to nothing, so it is found again soon. */
    static final Duration MOST = Duration.ofSeconds(10);

    private final RandomGenerator random;
    private Duration ceiling = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Between half of the current ceiling and all of it. */
    Duration next() {
        long half = ceiling.toNanos() / 2;
        Duration wait = Duration.ofNanos(half + random.nextLong(half + 1));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(MOST) > 0 ? MOST : doubled;
        return wait;
    }

    void reset() {
        ceiling = FIRST;
    }
}
