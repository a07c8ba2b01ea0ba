package dev.edgegateway.sensor.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortNameTest {
    @TempDir
    Path byId;

    @Test
    void aNumberedPortIsAdvisedAgainstAndItsLastingNameGiven() throws IOException {
        Path link = Files.createSymbolicLink(byId.resolve("usb-Maker_123-if00"), Path.of("../../ttyUSB0"));
        Files.createSymbolicLink(byId.resolve("usb-Maker_456-if00"), Path.of("../../ttyUSB10"));
        Files.createSymbolicLink(byId.resolve("usb-Other_1-if00"), Path.of("../../ttyACM0"));
        String advice = new PortName(byId).advice("/dev/ttyUSB0").orElseThrow();
        assertTrue(advice.endsWith("use " + link), advice);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/ttyUSB0", "/dev/ttyACM12"})
    void withoutALinkTheDirectoryIsNamed(String port) {
        assertTrue(new PortName(byId).advice(port).orElseThrow().endsWith("its name in " + byId));
        assertTrue(new PortName(byId.resolve("missing")).advice(port).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/serial/by-id/usb-Maker_123-if00", "/dev/serial0", "/dev/ttyAMA0", "/dev/pts/3"})
    void namesThatStayNeedNoAdvice(String port) {
        assertEquals(Optional.empty(), new PortName(byId).advice(port));
    }
}
