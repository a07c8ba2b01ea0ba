package dev.edgegateway.sensor.system;

import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorDriver;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** Driver {@code system}: temperature, load, memory, disk and uptime of this machine. */
public final class SystemDriver implements SensorDriver {
    private static final String DISK = "disk";

    private final Path root;

    /** For {@link java.util.ServiceLoader}. */
    public SystemDriver() {
        this(Path.of("/"));
    }

    /** @param root where {@code proc} and {@code sys} are. */
    SystemDriver(Path root) {
        this.root = root;
    }

    @Override
    public String name() {
        return "system";
    }

    @Override
    public List<Option> options() {
        return List.of(Option.optional(
                DISK, Option.Kind.TEXT, "/", "A directory on the file system whose free space is reported."));
    }

    @Override
    public String bus(Options options) {
        return "system";
    }

    @Override
    public Sensor open(String sensorId, Options options, InstantSource clock) {
        return new SystemSensor(sensorId, root, Path.of(options.text(DISK)), clock);
    }
}
