package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.BrokerSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is configured. Immutable.
 *
 * @param gateway who the gateway is at the platform.
 * @param dataDir absolute; where the durable store lives.
 * @param runDir absolute; where the control socket lives while the gateway runs.
 * @param listeners at least one; their names differ.
 * @param access who gets in, and to what.
 * @param uplink null if nothing is relayed: then the broker serves its own clients only.
 * @param routes in the order of the file, of which the first match counts; empty without an uplink.
 * @param sensors their ids differ.
 */
public record GatewayConfig(
        GatewayIdentity gateway,
        Path dataDir,
        Path runDir,
        List<ListenerConfig> listeners,
        AccessConfig access,
        BrokerConfig broker,
        QueueConfig queue,
        @Nullable UplinkConfig uplink,
        List<RouteConfig> routes,
        List<SensorConfig> sensors) {

    public GatewayConfig {
        if (listeners.isEmpty()) {
            throw new IllegalArgumentException("at least one listener is needed");
        }
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
        sensors = List.copyOf(sensors);
    }

    /** The same in the broker's own words. */
    public BrokerSettings brokerSettings() {
        return broker.settings(listeners);
    }
}
