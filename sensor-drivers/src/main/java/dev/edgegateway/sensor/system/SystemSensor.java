package dev.edgegateway.sensor.system;

import dev.edgegateway.sensor.Quantity;
import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Reports what the machine offers; what it does not have is simply not among the readings. */
final class SystemSensor implements Sensor {
    private final String id;
    private final Temperature temperature;
    private final ProcFiles proc;
    private final Path disk;
    private final InstantSource clock;

    SystemSensor(String id, Path root, Path disk, InstantSource clock) {
        this.id = id;
        this.temperature = new Temperature(root.resolve("sys"));
        this.proc = new ProcFiles(root.resolve("proc"));
        this.disk = disk;
        this.clock = clock;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean streams() {
        return false;
    }

    @Override
    public List<Reading> read() {
        var readings = new Collected(clock.instant());
        readings.add("soc_temperature", Quantity.TEMPERATURE, temperature.celsius());
        readings.add("load_1m", Quantity.UNSPECIFIED, proc.load(0));
        readings.add("load_5m", Quantity.UNSPECIFIED, proc.load(1));
        readings.add("load_15m", Quantity.UNSPECIFIED, proc.load(2));
        proc.memory().ifPresent(memory -> {
            readings.add("memory_available", Quantity.BYTES, OptionalDouble.of(memory.available()));
            readings.add("memory_used_ratio", Quantity.RATIO, OptionalDouble.of(memory.usedRatio()));
        });
        // One call each, which answers 0 for a path that is not there.
        long total = disk.toFile().getTotalSpace();
        if (total > 0) {
            long free = disk.toFile().getUsableSpace();
            readings.add("disk_free", Quantity.BYTES, OptionalDouble.of((double) free));
            readings.add("disk_used_ratio", Quantity.RATIO, OptionalDouble.of(1 - (double) free / total));
        }
        readings.add("uptime", Quantity.DURATION, proc.uptime());
        if (readings.all.isEmpty()) {
            throw new SensorException(
                    id + ": nothing can be read of this machine (" + proc.directory() + " not mounted?)");
        }
        return List.copyOf(readings.all);
    }

    @Override
    public void close() {
        // Nothing stays open between reads.
    }

    private final class Collected {
        private final List<Reading> all = new ArrayList<>();
        private final Instant takenAt;

        Collected(Instant takenAt) {
            this.takenAt = takenAt;
        }

        void add(String name, Quantity quantity, OptionalDouble value) {
            value.ifPresent(present -> all.add(new Reading(id, name, quantity, present, takenAt)));
        }
    }
}
