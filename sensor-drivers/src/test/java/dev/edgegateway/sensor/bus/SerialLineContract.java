package dev.edgegateway.sensor.bus;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.SensorException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every serial line does, real or fake. */
public abstract class SerialLineContract {
    private static final Duration SHORT = Duration.ofMillis(100);

    /** The device at the other end of the wire. */
    protected interface FarEnd extends AutoCloseable {
        String path();

        SerialLine.Opener opener();

        void say(byte[] bytes);

        /** Waits until that many bytes were written to the device. */
        byte[] hear(int count);

        void unplug();

        @Override
        void close();
    }

    protected FarEnd device;

    protected abstract FarEnd plugIn();

    @BeforeEach
    void plug() {
        device = plugIn();
    }

    @AfterEach
    void unplug() {
        device.close();
    }

    @Test
    void everyByteValueArrivesUnchanged() {
        try (SerialLine line = open()) {
            byte[] all = allBytes();
            device.say(all);
            assertArrayEquals(all, readAll(line, 256));
        }
    }

    @Test
    void everyByteValueIsSentUnchanged() {
        try (SerialLine line = open()) {
            byte[] all = allBytes();
            line.write(all);
            assertArrayEquals(all, device.hear(256));
        }
    }

    @Test
    void silenceIsAnAnswerAndNoFault() {
        try (SerialLine line = open()) {
            assertEquals(0, line.read(new byte[8], SHORT));
            device.say("x".getBytes(US_ASCII));
            assertEquals(1, line.read(new byte[8], SHORT));
        }
    }

    @Test
    void whatDoesNotFitIntoTheArrayComesWithTheNextRead() {
        try (SerialLine line = open()) {
            device.say("abcde".getBytes(US_ASCII));
            byte[] three = new byte[3];
            assertEquals(3, line.read(three, SHORT));
            assertEquals("abc", new String(three, US_ASCII));
            assertEquals(2, line.read(three, Duration.ofMillis(300)));
            assertEquals("dec", new String(three, US_ASCII));
        }
    }

    @Test
    void afterAnUnplugEveryReadAndWriteSaysSoAndNamesThePort() {
        try (SerialLine line = open()) {
            device.unplug();
            for (int i = 0; i < 3; i++) {
                SensorException gone = assertThrows(SensorException.class, () -> line.read(new byte[8], SHORT));
                assertTrue(String.valueOf(gone.getMessage()).contains(device.path()), gone.getMessage());
            }
            assertThrows(SensorException.class, () -> line.write(new byte[] {1}));
        }
    }

    @Test
    void aDeviceThatIsNotThereIsRefusedWithItsName() {
        device.unplug();
        SensorException missing = assertThrows(SensorException.class, this::open);
        assertTrue(String.valueOf(missing.getMessage()).contains(device.path()), missing.getMessage());
    }

    @Test
    void aDeviceInUseIsRefusedUntilItIsGivenBack() {
        try (SerialLine first = open()) {
            device.say("x".getBytes(US_ASCII));
            SensorException taken = assertThrows(SensorException.class, this::open);
            assertTrue(String.valueOf(taken.getMessage()).contains("taken"), taken.getMessage());
            assertEquals(1, first.read(new byte[8], SHORT));
        }
        try (SerialLine second = open()) {
            device.say("y".getBytes(US_ASCII));
            assertEquals(1, second.read(new byte[8], SHORT));
        }
    }

    @Test
    void aClosedLineIsAMistakeOfTheCaller() {
        SerialLine line = open();
        line.close();
        line.close();
        assertThrows(IllegalStateException.class, () -> line.read(new byte[8], SHORT));
        assertThrows(IllegalStateException.class, () -> line.write(new byte[8]));
    }

    @Test
    void timeoutsOutOfRangeAreRefused() {
        try (SerialLine line = open()) {
            assertThrows(IllegalArgumentException.class, () -> line.read(new byte[8], Duration.ZERO));
            assertThrows(
                    IllegalArgumentException.class, () -> line.read(new byte[8], SerialLine.MAX_TIMEOUT.plusMillis(1)));
        }
    }

    private SerialLine open() {
        return device.opener().open(SerialSettings.of(device.path(), 9600));
    }

    private static byte[] readAll(SerialLine line, int count) {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[100];
        int length = 1;
        while (all.size() < count && length > 0) {
            length = line.read(some, Duration.ofSeconds(1));
            all.write(some, 0, length);
        }
        return all.toByteArray();
    }

    private static byte[] allBytes() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return all;
    }
}
