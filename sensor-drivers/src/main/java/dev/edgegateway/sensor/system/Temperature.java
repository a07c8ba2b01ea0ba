package dev.edgegateway.sensor.system;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * The temperature of the chip the processor is in: a thermal zone of that name, else a hardware monitor of that name,
 * else the first thermal zone there is. Both count in thousandths of a degree Celsius (kernel documentation, {@code
 * thermal/sysfs-api} and {@code hwmon/sysfs-interface}).
 */
final class Temperature {
    /** Parts of the names boards give it: cpu-thermal, cpu_thermal, soc-thermal, x86_pkg_temp, coretemp, k10temp. */
    private static final List<String> NAMES = List.of("cpu", "soc", "pkg_temp", "coretemp", "k10temp");

    /** Silicon that reports less or more is not reporting. */
    private static final double MIN_CELSIUS = -60;

    private static final double MAX_CELSIUS = 200;

    private final Path zones;
    private final Path monitors;

    Temperature(Path sys) {
        this.zones = sys.resolve("class/thermal");
        this.monitors = sys.resolve("class/hwmon");
    }

    OptionalDouble celsius() {
        List<Path> allZones = children(zones, "thermal_zone*");
        List<Path> files = new ArrayList<>();
        allZones.stream()
                .filter(zone -> isProcessor(zone.resolve("type")))
                .forEach(zone -> files.add(zone.resolve("temp")));
        children(monitors, "hwmon*").stream()
                .filter(monitor -> isProcessor(monitor.resolve("name")))
                .forEach(monitor -> files.add(monitor.resolve("temp1_input")));
        allZones.forEach(zone -> files.add(zone.resolve("temp")));
        return files.stream()
                .map(Temperature::celsiusIn)
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    private static boolean isProcessor(Path nameFile) {
        String name = KernelFile.text(nameFile).orElse("").toLowerCase(Locale.ROOT);
        return NAMES.stream().anyMatch(name::contains);
    }

    private static OptionalDouble celsiusIn(Path file) {
        OptionalDouble thousandths = KernelFile.decimal(KernelFile.text(file).orElse(""));
        if (thousandths.isEmpty()) {
            return thousandths;
        }
        double celsius = thousandths.getAsDouble() / 1000;
        return celsius >= MIN_CELSIUS && celsius <= MAX_CELSIUS ? OptionalDouble.of(celsius) : OptionalDouble.empty();
    }

    /** In the order of their numbers, so that the same one is found each time. */
    private static List<Path> children(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            entries.forEach(found::add);
        } catch (IOException | DirectoryIteratorException absent) {
            return List.of();
        }
        found.sort(Comparator.comparingInt(
                        (Path path) -> path.getFileName().toString().length())
                .thenComparing(Path::toString));
        return found;
    }
}
