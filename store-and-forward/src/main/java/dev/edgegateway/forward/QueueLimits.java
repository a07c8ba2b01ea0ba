package dev.edgegateway.forward;

import java.time.Duration;

/**
 * The bounds of the queue and what happens at them.
 *
 * @param maxBytes by {@link OutboundMessage#size()}, above 0.
 * @param maxAge older messages are dropped; the age of a message is only known as far as {@link Stamp#millisSince} is.
 * @param maxMessageBytes largest payload taken, above 0.
 */
public record QueueLimits(long maxBytes, Duration maxAge, WhenFull whenFull, int maxMessageBytes) {

    /** The platform closes the connection at a larger payload. */
    public static final int PLATFORM_MESSAGE_BYTES = 131_072;

    public QueueLimits {
        if (maxBytes < 1 || maxMessageBytes < 1) {
            throw new IllegalArgumentException(
                    "queue limits must be above 0, not " + maxBytes + " and " + maxMessageBytes);
        }
        if (maxAge.isZero() || maxAge.isNegative()) {
            throw new IllegalArgumentException("the largest age of a message must be above 0, not " + maxAge);
        }
    }

    public QueueLimits(long maxBytes, Duration maxAge, WhenFull whenFull) {
        this(maxBytes, maxAge, whenFull, PLATFORM_MESSAGE_BYTES);
    }

    /** What a full queue does with one message more. */
    public enum WhenFull {
        /** Takes it and drops the oldest of those that are not on their way to the platform. */
        DROP_OLDEST,
        /** Refuses it. */
        REJECT
    }
}
