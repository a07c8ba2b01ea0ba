package dev.edgegateway.sensor.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.bus.SerialSettings.Parity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "ttyUSB0, 9600, 8, 1, port",
        "/dev/ttyS0, 49, 8, 1, baud",
        "/dev/ttyS0, 4000001, 8, 1, baud",
        "/dev/ttyS0, 9600, 4, 1, data_bits",
        "/dev/ttyS0, 9600, 9, 1, data_bits",
        "/dev/ttyS0, 9600, 8, 0, stop_bits",
        "/dev/ttyS0, 9600, 8, 3, stop_bits"
    })
    void valuesOutOfRangeAreRefusedByTheirKey(String path, int baud, int dataBits, int stopBits, String key) {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> new SerialSettings(path, baud, dataBits, Parity.NONE, stopBits));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(key + ": "), refused.getMessage());
    }

    @Test
    void theUsualSettingIsEightBitsNoParityOneStopBit() {
        assertEquals(
                new SerialSettings("/dev/ttyS0", 115_200, 8, Parity.NONE, 1), SerialSettings.of("/dev/ttyS0", 115_200));
    }
}
