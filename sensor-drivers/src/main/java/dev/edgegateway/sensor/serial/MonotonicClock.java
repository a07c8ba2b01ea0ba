package dev.edgegateway.sensor.serial;

import java.time.Duration;

/** Time that never leaps, for waits and retries. */
interface MonotonicClock {
    MonotonicClock SYSTEM = new MonotonicClock() {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            Thread.sleep(duration);
        }
    };

    /** From an arbitrary origin; only differences mean something. */
    long nanos();

    void sleep(Duration duration) throws InterruptedException;
}
