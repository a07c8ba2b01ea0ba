package dev.edgegateway.platform;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.PublishTap;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/**
 * An IoT platform of the {@code iot-2} kind on one port of this machine: devices, gateways and applications connect with
 * the platform's client ids and tokens, and are treated as the platform would treat them. Any thread.
 */
public final class PlatformEmulator implements AutoCloseable {
    private static final String LISTENER = "platform";

    /** Topic, packet id and headers of the largest PUBLISH whose payload is still within the limit. */
    private static final int MAX_HEADERS_BYTES = 65535 + 16;

    /** Topic and payload bytes that wait for all clients together. */
    private static final long MAX_QUEUED_BYTES = 64L << 20;

    private final LocalBroker broker;
    private final TopicGuard guard;
    private final Notifications notifications;
    private final Presence presence;
    private final Registry registry;

    private PlatformEmulator(
            LocalBroker broker, TopicGuard guard, Notifications notifications, Presence presence, Registry registry) {
        this.broker = broker;
        this.guard = guard;
        this.notifications = notifications;
        this.presence = presence;
        this.registry = registry;
    }

    /**
     * Opens the port; clients can connect when this returns.
     *
     * @throws IllegalStateException if the port cannot be opened, saying why.
     */
    public static PlatformEmulator open(EmulatorSettings settings) {
        InstantSource clock = InstantSource.system();
        Outlet outlet = new Outlet();
        Connections connections = new Connections();
        Registry registry = new Registry(settings.maxDevicesPerGateway());
        Notifications notifications = new Notifications(outlet, clock);
        Entrance entrance = new Entrance(settings.organization(), settings.credentials(), outlet.ready());
        Presence presence = new Presence(entrance, connections, outlet, clock, outlet::port);
        TopicGuard guard = new TopicGuard(connections, notifications, registry, outlet, settings.maxPayloadBytes());
        LocalBroker broker = LocalBroker.open(new LocalBroker.Parts(
                brokerSettings(settings), BrokerStore.NONE, PublishTap.NONE, entrance, guard, presence));
        outlet.bind(broker, broker.port(LISTENER));
        return new PlatformEmulator(broker, guard, notifications, presence, registry);
    }

    private static BrokerSettings brokerSettings(EmulatorSettings settings) {
        return new BrokerSettings(
                List.of(new BrokerSettings.Listener(LISTENER, settings.bind(), settings.port())),
                false,
                settings.maxPayloadBytes() + MAX_HEADERS_BYTES,
                settings.maxQueuedPerClient(),
                MAX_QUEUED_BYTES,
                100,
                10_000,
                10_000,
                10_000,
                500,
                Duration.ofMinutes(1));
    }

    /** The port it listens on. */
    public int port() {
        return broker.port(LISTENER);
    }

    /** The devices a gateway has published or subscribed for, itself not counted; as {@code type:id}, sorted. */
    public Set<String> devicesBehind(String gatewayTypeId, String gatewayId) {
        return registry.devicesOf(new ClientIdentity.Gateway(gatewayTypeId, gatewayId));
    }

    /** Ends the connection of a client, as the platform's administrator could; nothing happens if there is none. */
    public void disconnect(String clientId) {
        broker.disconnect(clientId, DisconnectReason.KICKED);
    }

    /** Counters as they stand. */
    public EmulatorStats stats() {
        return new EmulatorStats(
                guard.events(),
                guard.commands(),
                guard.ignored(),
                notifications.sent(),
                presence.turnedAway(),
                broker.stats());
    }

    /** Disconnects everyone and closes the port; nothing is kept. Idempotent. */
    @Override
    public void close() {
        broker.close();
    }
}
