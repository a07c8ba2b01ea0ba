package dev.edgegateway.demo;

import java.time.Duration;
import java.util.Optional;

/**
 * What the gateway says of itself.
 *
 * @param pid of the process that answered.
 * @param queued messages kept for the platform.
 * @param oldest age of the oldest of them.
 */
record Health(long pid, int clients, long queued, Duration oldest, boolean uplinkConnected) {

    /** How the gateway is asked. */
    @FunctionalInterface
    interface Probe {
        /** @return empty if nothing answers; waits a few seconds at most. */
        Optional<Health> ask();
    }
}
