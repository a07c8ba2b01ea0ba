package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.BrokerSettings;
import java.time.Duration;
import java.util.List;

/**
 * The bounds of the local broker; each is explained at its namesake in {@link BrokerSettings}.
 *
 * @param sysInterval how often {@code $SYS} is published anew; zero never.
 */
public record BrokerConfig(
        int maxQueuedMessages,
        long maxQueuedBytes,
        int maxInflight,
        int maxPacketBytes,
        int maxRetained,
        int maxSessions,
        int maxConnections,
        int maxSubscriptionsPerClient,
        Duration connectTimeout,
        Duration sysInterval) {

    /** What holds where the file says nothing: the broker's own defaults. */
    static BrokerConfig defaults() {
        BrokerSettings settings = BrokerSettings.of(List.of());
        return new BrokerConfig(
                settings.maxQueuedPerSession(),
                settings.maxQueuedBytes(),
                settings.maxInflight(),
                settings.maxPacketBytes(),
                settings.maxRetained(),
                settings.maxSessions(),
                settings.maxConnections(),
                settings.maxSubscriptionsPerClient(),
                settings.connectTimeout(),
                Duration.ofSeconds(10));
    }

    BrokerSettings settings(List<ListenerConfig> listeners) {
        return new BrokerSettings(
                listeners.stream().map(ListenerConfig::settings).toList(),
                true,
                maxPacketBytes,
                maxQueuedMessages,
                maxQueuedBytes,
                maxInflight,
                maxRetained,
                maxSessions,
                maxConnections,
                maxSubscriptionsPerClient,
                connectTimeout);
    }
}
