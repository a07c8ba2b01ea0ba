package dev.edgegateway.gateway.telemetry;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** One bus and its thread, which does every transfer on it: whichever sensor is due first is read next. */
final class SensorBus {
    private final String name;
    private final List<PolledSensor> sensors;
    private final Thread thread;

    private SensorBus(String name, List<PolledSensor> sensors) {
        this.name = name;
        this.sensors = sensors;
        this.thread = new Thread(this::run, "sensor-" + name);
        thread.setDaemon(true);
    }

    static SensorBus start(String name, List<PolledSensor> sensors) {
        SensorBus bus = new SensorBus(name, List.copyOf(sensors));
        bus.thread.start();
        return bus;
    }

    List<SensorState> states() {
        return sensors.stream().map(PolledSensor::state).toList();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                PolledSensor next = sensors.getFirst();
                for (PolledSensor sensor : sensors) {
                    if (sensor.dueNanos() - next.dueNanos() < 0) {
                        next = sensor;
                    }
                }
                long wait = next.dueNanos() - System.nanoTime();
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                next.read();
            }
        } catch (InterruptedException stopped) {
            Logger.debug("Bus {} is left", name);
        } finally {
            sensors.forEach(PolledSensor::close);
        }
    }

    void stop() {
        thread.interrupt();
    }

    void join(long millis) {
        try {
            if (!thread.join(java.time.Duration.ofMillis(millis))) {
                Logger.warn("A read on bus {} does not end, it is left behind", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
