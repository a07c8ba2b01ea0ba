package dev.edgegateway.sensor.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.Quantity;
import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.SensorException;
import dev.edgegateway.sensor.bus.FakeSerialPort;
import dev.edgegateway.sensor.bus.SerialSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SerialSensorTest {
    private static final String PATH = "/dev/fake";
    private static final String RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n";

    private final FakeTime time = new FakeTime();
    private final FakeSerialPort port = new FakeSerialPort(PATH, time::advance);
    private final SerialSensor sensor = sensor(LineFormat.Kind.AUTO);

    @Test
    void aRecordedTraceOfAReceiverAndItsNeighbourBecomesReadings() throws InterruptedException {
        port.say(
                bytes("$GPGSV,1,1,00*79\r\n$GPRMC,,V,,,,,,,,,,N*53\r\n"),
                bytes("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47\r\n$GPRMC,12351"),
                bytes("9,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n"),
                bytes("temp=21.5 hum=40\n"));
        List<Reading> readings = new ArrayList<>(sensor.read());
        assertEquals(
                List.of("latitude", "longitude", "altitude", "satellites", "fix_quality"),
                readings.stream().map(Reading::name).toList());
        readings.addAll(sensor.read());
        readings.addAll(sensor.read());
        assertEquals(
                List.of("latitude", "longitude", "speed", "heading", "temp", "hum"),
                readings.stream().skip(5).map(Reading::name).toList());
        assertEquals(new Reading("gps", "hum", Quantity.RELATIVE_HUMIDITY, 40, time.instant()), readings.getLast());
        assertEquals(0, sensor.badLines());
    }

    @Test
    void silenceIsAnEmptyAnswerAfterAboutASecond() throws InterruptedException {
        assertEquals(List.of(), sensor.read());
        assertTrue(
                time.passed().compareTo(Duration.ofMillis(900)) > 0,
                time.passed().toString());
        assertTrue(
                time.passed().compareTo(Duration.ofMillis(1300)) < 0,
                time.passed().toString());
    }

    @Test
    void badLinesAreCountedAndTheGoodOnesAroundThemStillHeard() throws InterruptedException {
        port.say(bytes(RMC
                + RMC.replace("*6A", "*6B")
                + "temp=21.5C\n"
                + "x".repeat(5000) + "\n"
                + "\u0000\u0001\u00fe\u00ff\n"
                + "temp=22\n"));
        List<Reading> readings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            readings.addAll(sensor.read());
        }
        assertEquals(
                List.of("latitude", "longitude", "speed", "heading", "temp"),
                readings.stream().map(Reading::name).toList());
        assertEquals(4, sensor.badLines());
    }

    @Test
    void aFormatThatWasChosenIsNotGuessed() throws InterruptedException {
        SerialSensor nmea = sensor(LineFormat.Kind.NMEA);
        port.say(bytes(RMC + "temp=22\n"));
        assertEquals(4, nmea.read().size());
        assertEquals(1, nmea.badLines());
        nmea.close();

        SerialSensor keyValue = sensor(LineFormat.Kind.KEY_VALUE);
        port.say(bytes(RMC + "temp=22\n"));
        assertEquals(1, keyValue.read().size());
        assertEquals(1, keyValue.badLines());
    }

    @Test
    void aDeviceMissingAtTheStartIsSaidAgainAndAgainUntilItIsThere() throws InterruptedException {
        port.unplug();
        for (int i = 0; i < 20; i++) {
            SensorException missing = assertThrows(SensorException.class, sensor::read);
            assertTrue(String.valueOf(missing.getMessage()).contains("gps"), missing.getMessage());
            assertTrue(String.valueOf(missing.getMessage()).contains(PATH), missing.getMessage());
        }
        port.replug();
        port.say(bytes(RMC));
        assertEquals(4, readUntilThere().size());
    }

    @Test
    void aMissingDeviceIsTriedLessAndLessOftenButFoundWithinTenSeconds() {
        port.unplug();
        while (time.passed().compareTo(Duration.ofMinutes(10)) < 0) {
            Duration before = time.passed();
            assertThrows(SensorException.class, sensor::read);
            Duration slept = time.passed().minus(before);
            assertTrue(slept.compareTo(ReopeningLine.MAX_SLEEP) <= 0, "slept " + slept);
        }
        assertTrue(port.attempts() >= 60 && port.attempts() <= 125, port.attempts() + " attempts");
    }

    @Test
    void aSpinningCallerCannotMakeItSpin() {
        port.unplug();
        assertThrows(SensorException.class, sensor::read);
        Duration before = time.passed();
        for (int i = 0; i < 100; i++) {
            assertThrows(SensorException.class, sensor::read);
        }
        assertTrue(
                time.passed().minus(before).compareTo(Duration.ofSeconds(80)) > 0,
                time.passed().toString());
    }

    @Test
    void afterAnUnplugTheLineIsGivenBackAndOpenedAnewWhenTheDeviceReturns() throws InterruptedException {
        port.say(bytes(RMC));
        assertEquals(4, sensor.read().size());
        port.unplug();
        assertThrows(SensorException.class, sensor::read);
        assertFalse(port.isOpen());
        port.replug();
        port.say(bytes(RMC));
        assertEquals(4, readUntilThere().size());
        assertEquals(2, port.openings());
    }

    @Test
    void whatAHangUpCutOffIsNotJoinedWithWhatComesAfter() throws InterruptedException {
        port.say(bytes("\ntemp=2"));
        assertEquals(List.of(), sensor.read());
        port.unplug();
        assertThrows(SensorException.class, sensor::read);
        port.replug();
        port.say(bytes("1\ntemp=3\n"));
        assertEquals(List.of(3.0), readUntilThere().stream().map(Reading::value).toList());
    }

    @Test
    void aPortThatOpensAndHangsUpAgainAndAgainIsNotOpenedWithoutPause() {
        Random random = new Random(3);
        var flapping = new ReopeningLine(
                "gps",
                SerialSettings.of(PATH, 9600),
                settings -> {
                    port.replug();
                    var line = port.open(settings);
                    port.unplug();
                    return line;
                },
                time,
                random);
        while (time.passed().compareTo(Duration.ofMinutes(10)) < 0) {
            assertThrows(SensorException.class, () -> flapping.read(new byte[8], Duration.ofMillis(100)));
        }
        assertTrue(port.openings() <= 130, port.openings() + " openings");
    }

    @Test
    void aRefusalIsToldInTheWordsOfThePort() {
        port.refuse("taken by another program");
        SensorException taken = assertThrows(SensorException.class, sensor::read);
        assertEquals("Sensor gps: /dev/fake: taken by another program", taken.getMessage());
    }

    @Test
    void anInterruptEndsListeningAndSleeping() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, sensor::read);

        port.unplug();
        assertThrows(SensorException.class, sensor::read);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, sensor::read);
        assertFalse(Thread.interrupted());
    }

    @Test
    void closingGivesThePortBackAndEndsReading() throws InterruptedException {
        sensor.read();
        sensor.close();
        sensor.close();
        assertFalse(port.isOpen());
        assertThrows(IllegalStateException.class, sensor::read);
    }

    @Test
    void randomBytesNeverBreakTheStream() throws InterruptedException {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(3000)];
            random.nextBytes(noise);
            port.say(noise);
            sensor.read();
        }
        port.say(bytes("\n" + RMC));
        assertEquals(4, sensor.read().size());
    }

    private SerialSensor sensor(LineFormat.Kind kind) {
        var line = new ReopeningLine("gps", SerialSettings.of(PATH, 9600), port, time, new Random(5));
        return new SerialSensor("gps", line, kind.format(), time, time);
    }

    private List<Reading> readUntilThere() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            try {
                return sensor.read();
            } catch (SensorException notYet) {
                assertTrue(time.passed().compareTo(Duration.ofMinutes(5)) < 0);
            }
        }
        throw new AssertionError("never back");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
