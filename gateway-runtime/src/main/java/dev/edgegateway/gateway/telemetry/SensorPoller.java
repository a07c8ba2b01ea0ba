package dev.edgegateway.gateway.telemetry;

import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.config.SensorConfig;
import dev.edgegateway.sensor.Sensor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Reads the sensors: one thread for each bus, so that a bus is never used by two and a dead one holds up no other. */
public final class SensorPoller implements AutoCloseable {
    private static final long CLOSE_MILLIS = TimeUnit.SECONDS.toMillis(3);

    private final List<SensorBus> buses = new ArrayList<>();

    private SensorPoller() {}

    /** Opens every sensor and starts reading; a part that is not there yet is waited for. */
    public static SensorPoller open(List<SensorConfig> configs, TelemetryPublisher publisher, InstantSource clock) {
        Map<String, List<PolledSensor>> byBus = new LinkedHashMap<>();
        for (SensorConfig config : configs) {
            Sensor sensor = config.driver().open(config.id(), config.options(), clock);
            TopicName topic = config.topic();
            byBus.computeIfAbsent(config.driver().bus(config.options()), bus -> new ArrayList<>())
                    .add(new PolledSensor(
                            sensor,
                            config.driver().name(),
                            config.interval().toNanos(),
                            readings -> publisher.publish(topic, readings)));
        }
        SensorPoller poller = new SensorPoller();
        byBus.forEach((bus, sensors) -> poller.buses.add(SensorBus.start(bus, sensors)));
        return poller;
    }

    /** How it stands with each sensor. Any thread. */
    public List<SensorState> states() {
        return buses.stream().flatMap(bus -> bus.states().stream()).toList();
    }

    /** Stops reading and frees the buses; a read that hangs is left behind after some seconds. Idempotent. */
    @Override
    public void close() {
        buses.forEach(SensorBus::stop);
        buses.forEach(bus -> bus.join(CLOSE_MILLIS));
    }
}
