package dev.edgegateway.sensor.bus.jserialcomm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.SensorException;
import dev.edgegateway.sensor.bus.SerialLine;
import dev.edgegateway.sensor.bus.SerialLineContract;
import dev.edgegateway.sensor.bus.SerialSettings;
import dev.edgegateway.sensor.bus.SerialSettings.Parity;
import dev.edgegateway.sensor.bus.linux.PseudoTerminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class JSerialCommLineTest extends SerialLineContract {
    /** Of this test alone, where the number of a pseudo-terminal may be another program's a moment later. */
    @TempDir
    Path names;

    @Override
    protected FarEnd plugIn() {
        PseudoTerminal terminal = PseudoTerminal.open();
        Path name = names.resolve("usb-Maker_Device_123-if00");
        link(name, terminal.path());
        return new FarEnd() {
            @Override
            public String path() {
                return name.toString();
            }

            @Override
            public SerialLine.Opener opener() {
                return JSerialCommLine::open;
            }

            @Override
            public void say(byte[] bytes) {
                terminal.write(bytes);
            }

            @Override
            public byte[] hear(int count) {
                var heard = new ByteArrayOutputStream();
                byte[] some = new byte[64];
                int length = 1;
                while (heard.size() < count && length > 0) {
                    length = terminal.read(some);
                    heard.write(some, 0, length);
                }
                return heard.toByteArray();
            }

            @Override
            public void unplug() {
                terminal.close();
                unlink(name);
            }

            @Override
            public void close() {
                terminal.close();
            }
        };
    }

    @Test
    void aReadReturnsAsSoonAsAByteComes() {
        try (SerialLine line = JSerialCommLine.open(SerialSettings.of(device.path(), 9600))) {
            Thread speaker = Thread.ofPlatform().start(() -> device.say("late".getBytes(US_ASCII)));
            long start = System.nanoTime();
            assertTrue(line.read(new byte[8], SerialLine.MAX_TIMEOUT) > 0);
            Duration waited = Duration.ofNanos(System.nanoTime() - start);
            assertTrue(waited.compareTo(SerialLine.MAX_TIMEOUT.dividedBy(2)) < 0, "waited " + waited);
            assertTrue(join(speaker));
        }
    }

    @ParameterizedTest
    @CsvSource({"300,7,EVEN,1", "9600,8,NONE,1", "19200,8,EVEN,1", "115200,8,ODD,2", "921600,8,NONE,2"})
    void theUsualSpeedsAndFramesCanBeSet(int baud, int dataBits, Parity parity, int stopBits) {
        var settings = new SerialSettings(device.path(), baud, dataBits, parity, stopBits);
        try (SerialLine line = JSerialCommLine.open(settings)) {
            device.say("ok".getBytes(US_ASCII));
            assertTrue(line.read(new byte[8], Duration.ofSeconds(1)) > 0);
        }
    }

    @Test
    void whatIsNoSerialPortIsRefused(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "no port");
        var refused = assertThrows(
                SensorException.class, () -> JSerialCommLine.open(SerialSettings.of(file.toString(), 9600)));
        assertTrue(String.valueOf(refused.getMessage()).contains("no serial port"), refused.getMessage());
        assertThrows(SensorException.class, () -> JSerialCommLine.open(SerialSettings.of(directory.toString(), 9600)));
        assertEquals("no port", Files.readString(file));
    }

    @Test
    void theNativeLibraryIsLoadedFromADirectoryThatIsGoneAgain() throws IOException {
        JSerialCommLine.open(SerialSettings.of(device.path(), 9600)).close();
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            String library = maps.filter(line -> line.contains("libjSerialComm"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .findFirst()
                    .orElseThrow();
            assertTrue(library.contains("edge-gateway-serial") && library.endsWith(" (deleted)"), library);
            assertFalse(Files.exists(Path.of(library.replace(" (deleted)", "")).getParent()), library);
        }
    }

    private static void link(Path name, Path target) {
        try {
            Files.createSymbolicLink(name, target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unlink(Path name) {
        try {
            Files.deleteIfExists(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
