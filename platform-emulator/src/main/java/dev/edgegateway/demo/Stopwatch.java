package dev.edgegateway.demo;

import java.time.Duration;

/** The time since the devices began to publish; zero before. Any thread. */
final class Stopwatch {
    private volatile long startNanos;
    private volatile boolean started;

    void start() {
        startNanos = System.nanoTime();
        started = true;
    }

    Duration elapsed() {
        return started ? Duration.ofNanos(System.nanoTime() - startNanos) : Duration.ZERO;
    }
}
