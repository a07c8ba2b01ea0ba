package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerStats;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.forward.Forwarder;
import dev.edgegateway.forward.ForwarderStatus;
import dev.edgegateway.forward.OutboundQueue;
import dev.edgegateway.forward.QueueStats;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.UplinkConfig;
import dev.edgegateway.gateway.control.StatusReport;
import dev.edgegateway.gateway.store.DurableStore;
import dev.edgegateway.gateway.store.StoreStats;
import dev.edgegateway.gateway.telemetry.SensorPoller;
import dev.edgegateway.gateway.telemetry.SensorState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gathers what a running gateway says of itself. Any thread. */
public final class StatusReporter {
    /** Intervals without a value after which a sensor's last one is stale. */
    private static final int STALE_INTERVALS = 3;

    private static final long STREAM_STALE_SECONDS = 30;

    private final GatewayConfig config;
    private final String version;
    private final InstantSource clock;
    private final DurableStore store;
    private final OutboundQueue queue;
    private final LocalBroker broker;
    private final @Nullable Forwarder forwarder;
    private final SensorPoller sensors;
    private final long startedNanos = System.nanoTime();

    public StatusReporter(
            GatewayConfig config,
            String version,
            InstantSource clock,
            DurableStore store,
            OutboundQueue queue,
            LocalBroker broker,
            @Nullable Forwarder forwarder,
            SensorPoller sensors) {
        this.config = config;
        this.version = version;
        this.clock = clock;
        this.store = store;
        this.queue = queue;
        this.broker = broker;
        this.forwarder = forwarder;
        this.sensors = sensors;
    }

    /** How everything stands now. */
    public StatusReport report() {
        return new StatusReport(gateway(), broker(), uplink(), queue(), store(), sensors());
    }

    private StatusReport.Gateway gateway() {
        return new StatusReport.Gateway(
                config.gateway().typeId(),
                config.gateway().deviceId(),
                version,
                store.generation(),
                ProcessHandle.current().pid(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos));
    }

    private StatusReport.Broker broker() {
        BrokerStats stats = broker.stats();
        List<StatusReport.Listener> listeners = config.listeners().stream()
                .map(listener ->
                        new StatusReport.Listener(listener.name(), listener.bind(), broker.port(listener.name())))
                .toList();
        return new StatusReport.Broker(
                listeners,
                stats.clientsConnected(),
                stats.sessions(),
                stats.subscriptions(),
                stats.retained(),
                stats.publishReceived(),
                stats.publishSent(),
                stats.publishDropped(),
                stats.queuedMessages(),
                stats.queuedBytes());
    }

    private StatusReport.Uplink uplink() {
        UplinkConfig uplink = config.uplink();
        if (uplink == null || forwarder == null) {
            return StatusReport.Uplink.NONE;
        }
        ForwarderStatus status = forwarder.status();
        return new StatusReport.Uplink(
                state(status.state()),
                uplink.name(),
                uplink.profile().word(),
                uplink.url().toString(),
                Math.max(0, Duration.between(status.since(), clock.instant()).toSeconds()),
                status.lastError().isEmpty() ? null : status.lastError(),
                status.inFlight());
    }

    /** The word for the state of the link, for people and status messages alike. */
    public static StatusReport.UplinkState state(ForwarderStatus.State state) {
        return switch (state) {
            case CONNECTED -> StatusReport.UplinkState.CONNECTED;
            case CONNECTING -> StatusReport.UplinkState.CONNECTING;
            case WAITING -> StatusReport.UplinkState.WAITING;
            case REFUSED -> StatusReport.UplinkState.REFUSED;
            case STOPPED -> StatusReport.UplinkState.NONE;
        };
    }

    private StatusReport.Queue queue() {
        QueueStats stats = queue.stats();
        boolean known = stats.depth() > 0 && stats.oldestAgeMillis() >= 0;
        return new StatusReport.Queue(
                stats.depth(),
                stats.bytes(),
                config.queue().maxBytes(),
                known ? stats.oldestAgeMillis() / 1000 : null,
                stats.appended(),
                stats.removed(),
                stats.dropped());
    }

    private StatusReport.Store store() {
        StoreStats stats = store.stats();
        return new StatusReport.Store(stats.commits(), stats.bytesWritten(), stats.fileBytes());
    }

    private List<StatusReport.Sensor> sensors() {
        List<StatusReport.Sensor> reports = new ArrayList<>();
        for (SensorState state : sensors.states()) {
            boolean read = !state.readings().isEmpty();
            long age = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - state.readAtNanos());
            reports.add(new StatusReport.Sensor(
                    state.sensorId(),
                    state.driver(),
                    state(state, age),
                    read ? age : null,
                    state.error(),
                    state.readings().stream()
                            .map(reading -> new StatusReport.Value(
                                    reading.name(),
                                    reading.value(),
                                    reading.quantity().unit()))
                            .toList()));
        }
        return reports;
    }

    private StatusReport.SensorState state(SensorState state, long ageSeconds) {
        if (state.error() != null) {
            return StatusReport.SensorState.FAILED;
        }
        long staleAfter = config.sensors().stream()
                .filter(sensor -> sensor.id().equals(state.sensorId()))
                .mapToLong(sensor -> sensor.interval().toSeconds() * STALE_INTERVALS)
                .findFirst()
                .orElse(0);
        boolean stale = state.readings().isEmpty() || ageSeconds > Math.max(STREAM_STALE_SECONDS, staleAfter);
        return stale ? StatusReport.SensorState.STALE : StatusReport.SensorState.GOOD;
    }
}
