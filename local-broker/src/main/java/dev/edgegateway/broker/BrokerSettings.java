package dev.edgegateway.broker;

import java.time.Duration;
import java.util.List;

/**
 * What the broker is told at start. Every bound is here.
 *
 * @param listeners at least one.
 * @param keepRetained false clears the retain flag of every message and Will, as the platform does.
 * @param maxPacketBytes largest packet read; a larger one costs the sender its connection.
 * @param maxQueuedPerSession messages waiting for one client; the oldest is dropped when it is full.
 * @param maxQueuedBytes topic and payload bytes waiting for all clients together; the oldest of the client that would
 *     go over is dropped.
 * @param maxInflight QoS 1 and 2 messages sent to one client and not yet acknowledged.
 * @param maxRetained topics with a retained message.
 * @param maxSessions connected and remembered clients together.
 * @param maxConnections open connections.
 * @param maxSubscriptionsPerClient filters one client may hold.
 * @param connectTimeout from accept to CONNECT.
 */
public record BrokerSettings(
        List<Listener> listeners,
        boolean keepRetained,
        int maxPacketBytes,
        int maxQueuedPerSession,
        long maxQueuedBytes,
        int maxInflight,
        int maxRetained,
        int maxSessions,
        int maxConnections,
        int maxSubscriptionsPerClient,
        Duration connectTimeout) {

    /**
     * One door.
     *
     * @param port 0 takes a free one.
     */
    public record Listener(String name, String bind, int port) {}

    public BrokerSettings {
        listeners = List.copyOf(listeners);
    }

    /** The defaults of the appliance, on one listener. */
    public static BrokerSettings onPort(String bind, int port) {
        return of(List.of(new Listener("tcp", bind, port)));
    }

    /** The defaults of the appliance. */
    public static BrokerSettings of(List<Listener> listeners) {
        return new BrokerSettings(
                listeners,
                true,
                131072 + 65535 + 16,
                5000,
                16L << 20,
                100,
                10_000,
                10_000,
                10_000,
                1000,
                Duration.ofSeconds(20));
    }

    public BrokerSettings withKeepRetained(boolean keep) {
        return new BrokerSettings(
                listeners,
                keep,
                maxPacketBytes,
                maxQueuedPerSession,
                maxQueuedBytes,
                maxInflight,
                maxRetained,
                maxSessions,
                maxConnections,
                maxSubscriptionsPerClient,
                connectTimeout);
    }
}
