package dev.edgegateway.sensor.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorException;
import dev.edgegateway.sensor.bus.SerialSettings;
import dev.edgegateway.sensor.bus.jserialcomm.JSerialCommLine;
import dev.edgegateway.sensor.bus.linux.PseudoTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The serial sensor on real ports; only the pauses between attempts pass in no time. */
@EnabledOnOs(OS.LINUX)
class UnplugTest {
    private static final int CYCLES = 50;

    @TempDir
    Path directory;

    @Test
    void fiftyUnplugsAndReplugsLoseNeitherTheSensorNorADescriptor() throws Exception {
        // Like a name in /dev/serial/by-id: it stays while the device behind it gets another number.
        Path name = directory.resolve("usb-Maker_Device_123-if00");
        var time = new FakeTime();
        var line = new ReopeningLine(
                "gps", SerialSettings.of(name.toString(), 9600), JSerialCommLine::open, time, new Random(1));
        int descriptors = 0;
        try (Sensor sensor =
                new SerialSensor("gps", line, LineFormat.Kind.AUTO.format(), time, MonotonicClock.SYSTEM)) {
            for (int cycle = 0; cycle < CYCLES; cycle++) {
                try (PseudoTerminal device = PseudoTerminal.open()) {
                    Files.deleteIfExists(name);
                    Files.createSymbolicLink(name, device.path());
                    device.write(("\ntemp=" + cycle + "\n").getBytes(US_ASCII));
                    assertEquals(cycle, readUntilThere(sensor).getFirst().value());
                }
                assertThrows(SensorException.class, sensor::read);
                if (cycle == 4) {
                    descriptors = openDescriptors();
                }
            }
            assertTrue(openDescriptors() <= descriptors, openDescriptors() + " open after, " + descriptors + " before");
        }
    }

    @Test
    void aWholeSensorReadsWhatAPseudoTerminalSays() throws Exception {
        try (PseudoTerminal device = PseudoTerminal.open()) {
            var line = new ReopeningLine(
                    "gps",
                    SerialSettings.of(device.path().toString(), 9600),
                    JSerialCommLine::open,
                    MonotonicClock.SYSTEM,
                    new Random(1));
            try (Sensor sensor = new SerialSensor(
                    "gps", line, LineFormat.Kind.AUTO.format(), new FakeTime(), MonotonicClock.SYSTEM)) {
                assertEquals(List.of(), sensor.read());
                device.write("temp=21.5 hum=40\r\n".getBytes(US_ASCII));
                assertEquals(
                        List.of("temp", "hum"),
                        sensor.read().stream().map(Reading::name).toList());
            }
        }
    }

    private static List<Reading> readUntilThere(Sensor sensor) throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            try {
                List<Reading> readings = sensor.read();
                if (!readings.isEmpty()) {
                    return readings;
                }
            } catch (SensorException notYet) {
                // The next read tries again; its pause passes in no time.
            }
        }
        throw new AssertionError("never there");
    }

    private static int openDescriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return (int) open.count();
        }
    }
}
