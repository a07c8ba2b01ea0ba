package dev.edgegateway.gateway.config;

import java.time.Duration;
import java.util.List;

/** Reads {@code [broker]}. */
final class BrokerSection {
    private static final BrokerConfig DEFAULTS = BrokerConfig.defaults();

    private static final Key<Integer> MAX_QUEUED_MESSAGES = Key.withDefault(
            "max_queued_messages",
            Kinds.integer(1, 1_000_000),
            DEFAULTS.maxQueuedMessages(),
            "Messages waiting for one client; when it is full the oldest is dropped and counted.");
    private static final Key<Long> MAX_QUEUED_BYTES = Key.withDefault(
            "max_queued_bytes",
            Kinds.size("64KB", "16GB"),
            DEFAULTS.maxQueuedBytes(),
            "Topics and payloads waiting for all clients together.");
    private static final Key<Integer> MAX_INFLIGHT = Key.withDefault(
            "max_inflight",
            Kinds.integer(1, 65535),
            DEFAULTS.maxInflight(),
            "QoS 1 and 2 messages sent to one client and not yet acknowledged by it.");
    private static final Key<Long> MAX_PACKET_BYTES = Key.withDefault(
            "max_packet_bytes",
            // MQTT 3.1.1 section 2.2.3: four length bytes carry up to 268435455.
            Kinds.size("1KB", "268435455B"),
            (long) DEFAULTS.maxPacketBytes(),
            "The largest packet read; a larger one costs its sender the connection.");
    private static final Key<Integer> MAX_RETAINED = Key.withDefault(
            "max_retained", Kinds.integer(0, 10_000_000), DEFAULTS.maxRetained(), "Topics with a retained message.");
    private static final Key<Integer> MAX_SESSIONS = Key.withDefault(
            "max_sessions",
            Kinds.integer(1, 1_000_000),
            DEFAULTS.maxSessions(),
            "Connected and remembered clients together.");
    private static final Key<Integer> MAX_CONNECTIONS = Key.withDefault(
            "max_connections", Kinds.integer(1, 1_000_000), DEFAULTS.maxConnections(), "Open connections.");
    private static final Key<Integer> MAX_SUBSCRIPTIONS_PER_CLIENT = Key.withDefault(
            "max_subscriptions_per_client",
            Kinds.integer(1, 1_000_000),
            DEFAULTS.maxSubscriptionsPerClient(),
            "Filters one client may hold.");
    private static final Key<Duration> CONNECT_TIMEOUT = Key.withDefault(
            "connect_timeout",
            Kinds.duration("1s", "5m"),
            DEFAULTS.connectTimeout(),
            "How long a new connection may wait with its CONNECT.");

    private static final Key<Duration> SYS_INTERVAL = Key.withDefault(
            "sys_interval",
            Kinds.duration("0s", "1h"),
            DEFAULTS.sysInterval(),
            "How often the figures under `$SYS/` are published anew; 0s switches them off.");

    static final Section SECTION = new Section(
            "broker",
            false,
            "The bounds of the local broker. The defaults suit a board with 512 MB.",
            List.of(
                    MAX_QUEUED_MESSAGES,
                    MAX_QUEUED_BYTES,
                    MAX_INFLIGHT,
                    MAX_PACKET_BYTES,
                    MAX_RETAINED,
                    MAX_SESSIONS,
                    MAX_CONNECTIONS,
                    MAX_SUBSCRIPTIONS_PER_CLIENT,
                    CONNECT_TIMEOUT,
                    SYS_INTERVAL));

    private BrokerSection() {}

    static BrokerConfig read(TableReader table) {
        table.refuseOthers(SECTION.keys());
        return new BrokerConfig(
                table.get(MAX_QUEUED_MESSAGES),
                table.get(MAX_QUEUED_BYTES),
                table.get(MAX_INFLIGHT),
                Math.toIntExact(table.get(MAX_PACKET_BYTES)),
                table.get(MAX_RETAINED),
                table.get(MAX_SESSIONS),
                table.get(MAX_CONNECTIONS),
                table.get(MAX_SUBSCRIPTIONS_PER_CLIENT),
                table.get(CONNECT_TIMEOUT),
                table.get(SYS_INTERVAL));
    }
}
