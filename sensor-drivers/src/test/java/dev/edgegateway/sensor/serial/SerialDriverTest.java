package dev.edgegateway.sensor.serial;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorDriver;
import dev.edgegateway.sensor.bus.FakeSerialPort;
import dev.edgegateway.sensor.bus.SerialSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SerialDriverTest {
    private final FakeTime time = new FakeTime();
    private final FakeSerialPort port = new FakeSerialPort("/dev/fake", time::advance);
    private final SerialDriver driver = new SerialDriver(port, time, new Random(1));

    @Test
    void itIsFoundByItsName() {
        List<String> names = ServiceLoader.load(SensorDriver.class).stream()
                .map(provider -> provider.get().name())
                .toList();
        assertTrue(names.contains("serial"), names.toString());
    }

    @Test
    void thePortAloneIsEnough() throws InterruptedException {
        Options options = options(Map.of("port", "/dev/fake"));
        try (Sensor sensor = driver.open("s", options, time)) {
            assertTrue(sensor.streams());
            sensor.read();
            assertEquals(SerialSettings.of("/dev/fake", 9600), port.lastSettings());
            port.say("temp=1\n".getBytes(US_ASCII));
            assertEquals("temp", sensor.read().getFirst().name());
        }
        assertEquals("serial:/dev/fake", driver.bus(options));
    }

    @Test
    void everyOptionReachesThePort() throws InterruptedException {
        Options options = options(Map.of(
                "port",
                "/dev/fake",
                "baud",
                115200L,
                "parity",
                "even",
                "data_bits",
                7L,
                "stop_bits",
                2L,
                "format",
                "nmea"));
        try (Sensor sensor = driver.open("s", options, time)) {
            sensor.read();
            assertEquals(
                    new SerialSettings("/dev/fake", 115200, 7, SerialSettings.Parity.EVEN, 2), port.lastSettings());
        }
    }

    @Test
    void aMissingDeviceIsNoErrorWhenOpening() {
        port.unplug();
        driver.open("s", options(Map.of("port", "/dev/fake")), time).close();
        assertEquals(0, port.attempts());
    }

    @Test
    void valuesOutOfRangeAreRefusedByTheirKeyBeforeAnythingIsOpened() {
        for (long baud : new long[] {0, -1, Long.MAX_VALUE, 1L << 32 | 9600}) {
            var refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> driver.open("s", options(Map.of("port", "/dev/fake", "baud", baud)), time));
            assertTrue(String.valueOf(refused.getMessage()).startsWith("baud: "), refused.getMessage());
        }
        assertEquals(0, port.attempts());
    }

    private Options options(Map<String, Object> given) {
        Map<String, Object> values = new HashMap<>(given);
        for (Option option : driver.options()) {
            if (option.fallback() != null) {
                values.putIfAbsent(option.key(), option.fallback());
            }
        }
        return new Options(values);
    }
}
