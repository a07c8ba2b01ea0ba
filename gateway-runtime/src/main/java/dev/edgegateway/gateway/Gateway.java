package dev.edgegateway.gateway;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.h2.H2BrokerStore;
import dev.edgegateway.forward.Forwarder;
import dev.edgegateway.forward.QueueLimits;
import dev.edgegateway.forward.h2.H2OutboundQueue;
import dev.edgegateway.gateway.access.AccessControl;
import dev.edgegateway.gateway.access.AccessRules;
import dev.edgegateway.gateway.access.LanDevices;
import dev.edgegateway.gateway.cli.BuildInfo;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.ListenerConfig;
import dev.edgegateway.gateway.config.QueueConfig;
import dev.edgegateway.gateway.config.UplinkConfig;
import dev.edgegateway.gateway.control.ControlCommand;
import dev.edgegateway.gateway.control.ControlServer;
import dev.edgegateway.gateway.control.ControlSocket;
import dev.edgegateway.gateway.control.StatusReport;
import dev.edgegateway.gateway.downlink.DownlinkRouter;
import dev.edgegateway.gateway.health.BrokerCommands;
import dev.edgegateway.gateway.health.ClientLog;
import dev.edgegateway.gateway.health.EachListener;
import dev.edgegateway.gateway.health.LocalStatus;
import dev.edgegateway.gateway.health.Monitoring;
import dev.edgegateway.gateway.health.Rounds;
import dev.edgegateway.gateway.health.StatusEvents;
import dev.edgegateway.gateway.health.StatusReporter;
import dev.edgegateway.gateway.health.SystemTopics;
import dev.edgegateway.gateway.store.DurableStore;
import dev.edgegateway.gateway.telemetry.SensorPoller;
import dev.edgegateway.gateway.telemetry.TelemetryPublisher;
import dev.edgegateway.gateway.time.MachineClocks;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.UplinkTap;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The gateway, put together. From top to bottom of {@link #open}: the store, what lives in it, the broker that hands its
 * messages to it, the way up and down, and what speaks of all of it. Closing goes the other way, so nothing is ever
 * accepted without a place to keep it.
 */
public final class Gateway implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final CloseStack parts;
    private final LocalBroker broker;
    private final Supplier<StatusReport> status;

    private Gateway(CloseStack parts, LocalBroker broker, Supplier<StatusReport> status) {
        this.parts = parts;
        this.broker = broker;
        this.status = status;
    }

    /**
     * Opens everything, or nothing. The platform being away is a state and no failure.
     *
     * @param onStoreFailure told when the store can no longer be written: then the gateway acknowledges nothing more and
     *     should be closed and started again.
     * @throws IOException if the control socket cannot be made.
     */
    public static Gateway open(GatewayConfig config, Consumer<Throwable> onStoreFailure) throws IOException {
        InstantSource clock = InstantSource.system();
        CloseStack parts = new CloseStack();
        try {
            DurableStore store =
                    parts.own(DurableStore.open(config.dataDir(), config.queue().commitInterval(), onStoreFailure));
            H2OutboundQueue queue =
                    H2OutboundQueue.open(store.maps(), store::submit, limits(config.queue()), new MachineClocks(clock));
            UplinkConfig uplink = config.uplink();
            UplinkPaths paths = uplink == null ? null : UplinkPaths.of(config, uplink);
            AccessRules rules = rules(config);
            AccessControl access = parts.own(admission(config, rules));
            Monitoring monitoring =
                    new Monitoring(clock, config.brokerSettings().listeners());
            ClientLog clients = new ClientLog(System::nanoTime, Logger::info);
            LocalBroker broker = parts.own(LocalBroker.open(new LocalBroker.Parts(
                    config.brokerSettings(),
                    H2BrokerStore.open(store.maps(), store::submit),
                    paths == null ? PublishTap.NONE : withoutOwnFigures(tap(paths, queue)),
                    access,
                    rules,
                    new EachListener(List.of(access, monitoring, clients)))));
            access.onRevoked(clientId -> broker.disconnect(clientId, DisconnectReason.NOT_AUTHORIZED));
            store.onCommitted(queue::committedThrough);
            store.onCommitted(broker::committedThrough);
            store.start();
            monitoring.attach(broker);
            StatusEvents events = new StatusEvents(store.generation(), clock);
            Forwarder forwarder = null;
            if (uplink != null && paths != null) {
                DownlinkRouter downlink = new DownlinkRouter(broker, paths::localTopic);
                forwarder = parts.own(Forwarder.open(
                        queue, PlatformLinks.link(uplink, paths, events, queue, downlink), PlatformLinks.pace(uplink)));
            }
            parts.own(LocalStatus.open(broker, events, word(forwarder)));
            SensorPoller sensors =
                    parts.own(SensorPoller.open(config.sensors(), new TelemetryPublisher(broker), clock));
            StatusReporter reporter = new StatusReporter(
                    config, BuildInfo.ofThisProcess().version(), clock, store, queue, broker, forwarder, sensors);
            Map<String, ControlCommand> commands = new HashMap<>(BrokerCommands.of(broker));
            commands.put("status", request -> reporter.report().toJson());
            parts.own(ControlServer.open(ControlSocket.pathFor(config), commands));
            Rounds rounds = parts.own(new Rounds());
            rounds.every(SECOND, "The summary of clients", clients::flush);
            publishFigures(config, rounds, broker, queue, store, word(forwarder));
            return new Gateway(parts, broker, reporter::report);
        } catch (Throwable failure) {
            parts.closeAfter(failure);
            throw failure;
        }
    }

    private static void publishFigures(
            GatewayConfig config,
            Rounds rounds,
            LocalBroker broker,
            H2OutboundQueue queue,
            DurableStore store,
            Supplier<String> word) {
        Duration interval = config.broker().sysInterval();
        if (interval.isZero()) {
            return;
        }
        UplinkConfig uplink = config.uplink();
        SystemTopics topics = new SystemTopics(
                broker,
                new SystemTopics.Sources(
                        BuildInfo.ofThisProcess().version(),
                        System::nanoTime,
                        queue::stats,
                        store::stats,
                        uplink == null ? null : uplink.name(),
                        word));
        rounds.every(interval, "The figures under $SYS", topics::publish);
        rounds.every(SECOND, "The state of the uplink under $SYS", topics::publishUplink);
    }

    /** What the gateway says of itself and of its devices is for the LAN alone, whatever the routes say. */
    private static PublishTap withoutOwnFigures(PublishTap tap) {
        Set<ClientInfo> local = Set.of(SystemTopics.PUBLISHER, Monitoring.PUBLISHER);
        return (publisher, message) ->
                local.contains(publisher) ? PublishTap.NOTHING : tap.onPublish(publisher, message);
    }

    private static QueueLimits limits(QueueConfig queue) {
        return new QueueLimits(
                queue.maxBytes(),
                queue.maxAge(),
                switch (queue.whenFull()) {
                    case DROP_OLDEST -> QueueLimits.WhenFull.DROP_OLDEST;
                    case REJECT -> QueueLimits.WhenFull.REJECT;
                });
    }

    private static UplinkTap tap(UplinkPaths paths, H2OutboundQueue queue) {
        return new UplinkTap(
                paths.routes(), queue, paths.retainGoesUp(), DownlinkRouter.PLATFORM, TelemetryPublisher.SENSORS);
    }

    private static AccessControl admission(GatewayConfig config, AccessRules rules) {
        UplinkConfig uplink = config.uplink();
        String organization =
                uplink != null && uplink.profile() instanceof UplinkConfig.Iot2 iot2 ? iot2.organization() : null;
        return AccessControl.open(
                new AccessControl.Setting(
                        anonymousListeners(config),
                        config.access().usersFile(),
                        config.access().deviceTokensFile()),
                new LanDevices(
                        organization,
                        new DeviceAddress(
                                config.gateway().typeId(), config.gateway().deviceId())),
                rules);
    }

    private static AccessRules rules(GatewayConfig config) {
        return new AccessRules(new AccessRules.Setting(
                config.access().rules(),
                config.listeners().stream()
                        .filter(listener -> listener.allowAnonymous() && !listener.requiresCertificates())
                        .map(ListenerConfig::name)
                        .collect(Collectors.toSet()),
                config.access().usersFile() != null,
                config.sensors().stream().map(sensor -> sensor.topic().value()).collect(Collectors.toSet())));
    }

    private static Set<String> anonymousListeners(GatewayConfig config) {
        return config.listeners().stream()
                .filter(ListenerConfig::allowAnonymous)
                .map(ListenerConfig::name)
                .collect(Collectors.toSet());
    }

    private static Supplier<String> word(@Nullable Forwarder forwarder) {
        return forwarder == null
                ? () -> "none"
                : () -> StatusReporter.state(forwarder.status().state()).name().toLowerCase(Locale.ROOT);
    }

    /** The port a listener is bound to. */
    public int port(String listener) {
        return broker.port(listener);
    }

    /** How everything stands now. Any thread. */
    public StatusReport status() {
        return status.get();
    }

    /** Says offline, stops what comes in, and writes what there is. Idempotent. */
    @Override
    public void close() {
        parts.close();
    }
}
