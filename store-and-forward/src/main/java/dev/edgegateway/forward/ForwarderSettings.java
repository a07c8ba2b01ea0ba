package dev.edgegateway.forward;

import java.time.Duration;

/**
 * How the forwarder behaves.
 *
 * @param window most messages sent and not yet removed on disk, 1 to 60,000 (packet ids end at 65,535); also the most
 *     duplicates that a crash can cause.
 * @param windowBytes most bytes sent and not yet acknowledged; one message may always be, whatever its size.
 * @param reconnectMin least wait before connecting again.
 * @param reconnectMax longest wait before connecting again.
 * @param refusedWait least wait after the platform refused us by name or password.
 * @param stableAfter how long a connection must last for the waits to start small again.
 * @param ackTimeout a platform that takes messages and acknowledges none for so long is given up.
 * @param closeGrace how long closing waits for acknowledgements of what is in flight, so that it is not sent again.
 * @param closeWithin how long closing may take in all.
 */
public record ForwarderSettings(
        int window,
        int windowBytes,
        Duration reconnectMin,
        Duration reconnectMax,
        Duration refusedWait,
        Duration stableAfter,
        Duration ackTimeout,
        Duration closeGrace,
        Duration closeWithin) {

    public static final int MAX_WINDOW = 60_000;

    public ForwarderSettings {
        if (window < 1 || window > MAX_WINDOW) {
            throw new IllegalArgumentException("window " + window + " is not between 1 and " + MAX_WINDOW);
        }
        if (windowBytes < 1) {
            throw new IllegalArgumentException("window of " + windowBytes + " bytes");
        }
        if (reconnectMin.isNegative() || reconnectMin.isZero() || reconnectMax.compareTo(reconnectMin) < 0) {
            throw new IllegalArgumentException("reconnect waits from " + reconnectMin + " to " + reconnectMax);
        }
    }

    /** Window 500 messages or 4 MiB, waits of 1 s to 2 min, a minute after a refusal. */
    public static ForwarderSettings defaults() {
        return new ForwarderSettings(
                500,
                4 << 20,
                Duration.ofSeconds(1),
                Duration.ofMinutes(2),
                Duration.ofMinutes(1),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
    }

    public ForwarderSettings withWindow(int messages) {
        return new ForwarderSettings(
                messages,
                windowBytes,
                reconnectMin,
                reconnectMax,
                refusedWait,
                stableAfter,
                ackTimeout,
                closeGrace,
                closeWithin);
    }

    public ForwarderSettings withReconnect(Duration min, Duration max) {
        return new ForwarderSettings(
                window, windowBytes, min, max, refusedWait, stableAfter, ackTimeout, closeGrace, closeWithin);
    }
}
