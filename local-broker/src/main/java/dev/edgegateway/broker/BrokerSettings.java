package dev.edgegateway.broker;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the broker is told at start. Every bound is here.
 *
 * @param listeners at least one.
 * @param keepRetained false clears the retain flag of every message and Will, as the platform does.
 * @param maxPacketBytes largest packet read, its header included; a larger one costs the sender its connection.
 * @param maxQueuedPerSession messages waiting for one client; the oldest is dropped when it is full.
 * @param maxQueuedBytes topic and payload bytes waiting for all clients together; the oldest of the client that would
 *     go over is dropped.
 * @param maxInflight QoS 1 and 2 messages sent to one client and not yet acknowledged.
 * @param maxRetained topics with a retained message.
 * @param maxSessions connected and remembered clients together.
 * @param maxConnections open connections.
 * @param maxSubscriptionsPerClient filters one client may hold.
 * @param connectTimeout from accept to CONNECT.
 * @param limits the bounds that came with MQTT 5.0 and on topics.
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
        Duration connectTimeout,
        Limits limits) {

    /**
     * Bounds a client is told of where MQTT 5.0 has a word for them.
     *
     * @param receiveMaximum QoS 1 and 2 messages taken from one 5.0 client and not yet acknowledged, 1 to 65535.
     * @param topicAliasMaximum topic aliases one client may use towards the broker.
     * @param sentTopicAliases topic aliases the broker uses towards one client, if that takes as many.
     * @param maxTopicLevels levels of a topic name or filter.
     * @param maxKeepAliveSeconds a 5.0 client that asks for more, or for none, gets this one; 0 lets it choose.
     * @param maxSessionExpirySeconds a 5.0 session that asks for more gets this one.
     * @param maxQueuedBytesPerSession topic and payload bytes waiting for one client.
     */
    public record Limits(
            int receiveMaximum,
            int topicAliasMaximum,
            int sentTopicAliases,
            int maxTopicLevels,
            int maxKeepAliveSeconds,
            long maxSessionExpirySeconds,
            long maxQueuedBytesPerSession) {

        public static final Limits DEFAULT =
                new Limits(1000, 64, 64, 200, 0, ConnectProperties.FOREVER, Long.MAX_VALUE);
    }

    /** With the default limits. */
    public BrokerSettings(
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
        this(
                listeners,
                keepRetained,
                maxPacketBytes,
                maxQueuedPerSession,
                maxQueuedBytes,
                maxInflight,
                maxRetained,
                maxSessions,
                maxConnections,
                maxSubscriptionsPerClient,
                connectTimeout,
                Limits.DEFAULT);
    }

    /**
     * One door.
     *
     * @param port 0 takes a free one.
     * @param tls null leaves the connection open to readers on its way.
     */
    public record Listener(
            String name, String bind, int port, @Nullable TlsSettings tls, Carrier carrier) {
        /** TCP, as MQTT was born. */
        public Listener(String name, String bind, int port) {
            this(name, bind, port, null, Carrier.TCP);
        }
    }

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
                connectTimeout,
                limits);
    }

    public BrokerSettings withLimits(Limits other) {
        return new BrokerSettings(
                listeners,
                keepRetained,
                maxPacketBytes,
                maxQueuedPerSession,
                maxQueuedBytes,
                maxInflight,
                maxRetained,
                maxSessions,
                maxConnections,
                maxSubscriptionsPerClient,
                connectTimeout,
                other);
    }
}
