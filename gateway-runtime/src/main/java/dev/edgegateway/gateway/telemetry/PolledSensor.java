package dev.edgegateway.gateway.telemetry;

import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** A sensor, when it is to be read next, and how it stands with it. Thread: its bus's, except {@link #state}. */
final class PolledSensor {
    /** After a failure a sensor is left alone at least this long, so that a broken part does not fill the bus. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Sensor sensor;
    private final String driver;
    private final long intervalNanos;
    private final Consumer<List<Reading>> receiver;
    private final Map<String, Reading> latest = new LinkedHashMap<>();
    private long dueNanos = System.nanoTime();
    private long readAtNanos;
    private long attempts;
    private volatile SensorState state;

    PolledSensor(Sensor sensor, String driver, long intervalNanos, Consumer<List<Reading>> receiver) {
        this.sensor = sensor;
        this.driver = driver;
        this.intervalNanos = intervalNanos;
        this.receiver = receiver;
        this.state = new SensorState(sensor.id(), driver, List.of(), 0, null, 0);
    }

    long dueNanos() {
        return dueNanos;
    }

    SensorState state() {
        return state;
    }

    void read() throws InterruptedException {
        attempts++;
        try {
            List<Reading> readings = sensor.read();
            if (!readings.isEmpty()) {
                readAtNanos = System.nanoTime();
                readings.forEach(reading -> latest.put(reading.name(), reading));
                receiver.accept(readings);
            }
            if (state.error() != null && !readings.isEmpty()) {
                Logger.info("Sensor {} is back", sensor.id());
            }
            show(readings.isEmpty() ? state.error() : null);
            later(sensor.streams() ? 0 : intervalNanos);
        } catch (SensorException e) {
            failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Logger.error(e, "Sensor {} failed in a way its driver did not foresee", sensor.id());
            failed(e.toString());
        }
    }

    private void failed(String why) {
        if (state.error() == null) {
            Logger.warn("Sensor {}: {}", sensor.id(), why);
        } else {
            Logger.debug("Sensor {}: {}", sensor.id(), why);
        }
        show(why);
        later(Math.max(AFTER_FAILURE_NANOS, sensor.streams() ? 0 : intervalNanos));
    }

    /** Keeps the beat: the next reading is due one interval after the last one was, unless that is past already. */
    private void later(long nanos) {
        long now = System.nanoTime();
        dueNanos = Math.max(now, dueNanos + nanos);
        if (dueNanos - now > nanos) {
            dueNanos = now + nanos;
        }
    }

    private void show(@Nullable String error) {
        state = new SensorState(sensor.id(), driver, List.copyOf(latest.values()), readAtNanos, error, attempts);
    }

    void close() {
        sensor.close();
    }
}
