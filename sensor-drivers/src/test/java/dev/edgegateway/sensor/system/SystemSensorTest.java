package dev.edgegateway.sensor.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.Quantity;
import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorDriver;
import dev.edgegateway.sensor.SensorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystemSensorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path root;

    @Test
    void aRaspberryPiTellsAllItHas() throws Exception {
        put("proc/loadavg", "0.52 0.58 1.59 3/467 12345\n");
        put("proc/uptime", "350735.47 234388.90\n");
        put("proc/meminfo", "MemTotal:         948016 kB\nMemFree:           81148 kB\nMemAvailable:     474008 kB\n");
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal\n");
        put("sys/class/thermal/thermal_zone0/temp", "48312\n");
        Map<String, Reading> readings = read(root);

        assertEquals(
                new Reading("board", "soc_temperature", Quantity.TEMPERATURE, 48.312, NOW),
                readings.get("soc_temperature"));
        assertEquals(0.52, value(readings, "load_1m"));
        assertEquals(0.58, value(readings, "load_5m"));
        assertEquals(1.59, value(readings, "load_15m"));
        assertEquals(474_008 * 1024.0, value(readings, "memory_available"));
        assertEquals(0.5, value(readings, "memory_used_ratio"));
        assertEquals(350_735.47, value(readings, "uptime"));
        assertTrue(value(readings, "disk_free") > 0);
        assertTrue(value(readings, "disk_used_ratio") >= 0 && value(readings, "disk_used_ratio") <= 1);
        assertEquals(9, readings.size());
    }

    @Test
    void aMachineWithoutAThermometerJustHasNoSuchReading() throws Exception {
        put("proc/loadavg", "0.00 0.01 0.05 1/100 1\n");
        assertEquals(List.of("load_15m", "load_1m", "load_5m"), names(read(root.resolve("missing"))));
    }

    @Test
    void theProcessorsZoneIsPreferredToOthers() throws Exception {
        put("sys/class/thermal/thermal_zone0/type", "gpu_thermal\n");
        put("sys/class/thermal/thermal_zone0/temp", "30000\n");
        put("sys/class/thermal/thermal_zone10/type", "cpu-thermal\n");
        put("sys/class/thermal/thermal_zone10/temp", "50000\n");
        put("sys/class/thermal/thermal_zone2/type", "soc_thermal\n");
        put("sys/class/thermal/thermal_zone2/temp", "40000\n");
        assertEquals(40, value(read(root), "soc_temperature"));
    }

    @Test
    void aHardwareMonitorOfTheProcessorIsPreferredToAnyZone() throws Exception {
        put("sys/class/thermal/thermal_zone0/type", "acpitz\n");
        put("sys/class/thermal/thermal_zone0/temp", "27800\n");
        put("sys/class/hwmon/hwmon0/name", "nvme\n");
        put("sys/class/hwmon/hwmon0/temp1_input", "33000\n");
        put("sys/class/hwmon/hwmon1/name", "k10temp\n");
        put("sys/class/hwmon/hwmon1/temp1_input", "61250\n");
        assertEquals(61.25, value(read(root), "soc_temperature"));
    }

    @Test
    void aDisksThermometerIsNotTakenForTheProcessors() throws Exception {
        put("sys/class/hwmon/hwmon0/name", "nvme\n");
        put("sys/class/hwmon/hwmon0/temp1_input", "33000\n");
        assertFalse(read(root).containsKey("soc_temperature"));
    }

    @Test
    void belowZeroIsATemperatureToo() throws Exception {
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        put("sys/class/thermal/thermal_zone0/temp", "-12500");
        assertEquals(-12.5, value(read(root), "soc_temperature"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hot", "NaN", "0x10", "999999999", "-274000", "1e5", "50000 C"})
    void nonsenseInTheThermometerIsNoReading(String text) throws Exception {
        put("sys/class/thermal/thermal_zone0/type", "cpu-thermal");
        put("sys/class/thermal/thermal_zone0/temp", text);
        assertFalse(read(root).containsKey("soc_temperature"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MemTotal: 100 kB",
                "MemTotal: 0 kB\nMemAvailable: 0 kB",
                "MemTotal: 100 kB\nMemAvailable: 101 kB",
                "MemTotal: 100 MB\nMemAvailable: 10 MB",
                "MemTotal: x kB\nMemAvailable: 10 kB"
            })
    void nonsenseInMeminfoIsNoReading(String text) throws Exception {
        put("proc/meminfo", text);
        assertFalse(read(root).containsKey("memory_available"));
    }

    @Test
    void randomFilesNeverThrow() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 200; i++) {
            for (String file :
                    List.of("proc/loadavg", "proc/uptime", "proc/meminfo", "sys/class/thermal/thermal_zone0/temp")) {
                byte[] noise = new byte[random.nextInt(64)];
                random.nextBytes(noise);
                put(file, new String(noise, StandardCharsets.ISO_8859_1));
            }
            assertTrue(read(root).containsKey("disk_free"));
        }
    }

    @Test
    void aMachineThatTellsNothingAtAllIsAFault() {
        try (Sensor sensor = open(root.resolve("missing"))) {
            SensorException nothing = assertThrows(SensorException.class, sensor::read);
            assertTrue(String.valueOf(nothing.getMessage()).contains("board"), nothing.getMessage());
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void thisMachineCanBeReadByTheDriverFoundByName() throws Exception {
        SensorDriver driver = ServiceLoader.load(SensorDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.name().equals("system"))
                .findAny()
                .orElseThrow();
        Options options =
                new Options(Map.of("disk", driver.options().getFirst().fallback() instanceof String path ? path : ""));
        try (Sensor sensor = driver.open("board", options, InstantSource.system())) {
            List<String> names = sensor.read().stream().map(Reading::name).toList();
            assertTrue(
                    names.containsAll(List.of("load_1m", "memory_available", "disk_free", "uptime")), names.toString());
            assertFalse(sensor.streams());
        }
    }

    private void put(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, StandardCharsets.ISO_8859_1);
    }

    private Map<String, Reading> read(Path disk) throws InterruptedException {
        try (Sensor sensor = open(disk)) {
            return sensor.read().stream().collect(Collectors.toMap(Reading::name, Function.identity()));
        }
    }

    private Sensor open(Path disk) {
        return new SystemDriver(root)
                .open("board", new Options(Map.of("disk", disk.toString())), InstantSource.fixed(NOW));
    }

    private static double value(Map<String, Reading> readings, String name) {
        Reading reading = readings.get(name);
        if (reading == null) {
            throw new AssertionError(name + " is not among " + readings.keySet());
        }
        return reading.value();
    }

    private static List<String> names(Map<String, Reading> readings) {
        return readings.keySet().stream().sorted().toList();
    }
}
