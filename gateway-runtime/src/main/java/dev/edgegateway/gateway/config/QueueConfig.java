package dev.edgegateway.gateway.config;

import java.time.Duration;

/**
 * The queue of what the platform does not have yet.
 *
 * @param maxBytes at least 1 MiB.
 * @param maxAge a message older than this is dropped.
 * @param commitInterval 0 to 5 s: how long what nobody waits for may wait for company on its way to disk.
 */
public record QueueConfig(long maxBytes, Duration maxAge, WhenFull whenFull, Duration commitInterval) {
    /** What gives way when the queue is full. */
    public enum WhenFull {
        /** The oldest messages. */
        DROP_OLDEST,
        /** The new message: its publisher gets no acknowledgement. */
        REJECT
    }
}
