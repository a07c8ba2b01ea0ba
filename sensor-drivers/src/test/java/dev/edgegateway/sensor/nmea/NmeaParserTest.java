package dev.edgegateway.sensor.nmea;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.nmea.NmeaSentence.Damaged;
import dev.edgegateway.sensor.nmea.NmeaSentence.Gga;
import dev.edgegateway.sensor.nmea.NmeaSentence.Rmc;
import dev.edgegateway.sensor.nmea.NmeaSentence.Unused;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NmeaParserTest {
    /** Worked by hand: 48 + 7.038/60, 11 + 31.0/60, 22.4 kn; its checksum is the well-known 6A of this example. */
    private static final String MUNICH_RMC = "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A";

    private static final String MUNICH_GGA = "$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*47";

    @Test
    void rmcGivesPositionSpeedAndCourse() {
        Rmc rmc = assertInstanceOf(Rmc.class, NmeaParser.parse(MUNICH_RMC));
        assertEquals(48.1173, rmc.position().orElseThrow().latitude(), 1e-9);
        assertEquals(11.516666666667, rmc.position().orElseThrow().longitude(), 1e-9);
        assertEquals(11.523555555556, rmc.speed().orElseThrow(), 1e-9);
        assertEquals(84.4, rmc.course().orElseThrow());
    }

    @Test
    void ggaGivesPositionAltitudeSatellitesAndQuality() {
        Gga gga = assertInstanceOf(Gga.class, NmeaParser.parse(MUNICH_GGA));
        assertEquals(48.1173, gga.position().orElseThrow().latitude(), 1e-9);
        assertEquals(545.4, gga.altitude().orElseThrow());
        assertEquals(OptionalInt.of(8), gga.satellites());
        assertEquals(1, gga.quality());
    }

    @Test
    void southAndWestAreNegative() {
        Rmc rmc = assertInstanceOf(Rmc.class, parse("GNRMC,001031.00,A,3352.128,S,15112.558,W,0.5,,010126,,,A"));
        assertEquals(-33.8688, rmc.position().orElseThrow().latitude(), 1e-9);
        assertEquals(-151.2093, rmc.position().orElseThrow().longitude(), 1e-9);
        assertEquals(OptionalDouble.empty(), rmc.course());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GP", "GN", "GL", "GA", "GB", "BD", "II"})
    void anyTalkerIsHeard(String talker) {
        assertInstanceOf(Gga.class, parse(talker + "GGA,1,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPRMC,,V,,,,,,,,,,N",
                "GPRMC,123519,V,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W",
                "GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W,N"
            })
    void rmcWithoutAFixSaysNothing(String sentence) {
        assertEquals(new Rmc(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty()), parse(sentence));
    }

    @Test
    void ggaWithoutAFixStillCountsSatellites() {
        assertEquals(
                new Gga(0, OptionalInt.of(3), Optional.empty(), OptionalDouble.empty()),
                parse("GPGGA,123519,4807.038,N,01131.000,E,0,03,,545.4,M,,M,,"));
        assertEquals(
                new Gga(0, OptionalInt.empty(), Optional.empty(), OptionalDouble.empty()),
                parse("GPGGA,,,,,,0,,,,M,,M,,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPGSV,3,1,11,03,03,111,00",
                "PUBX,00,1",
                "PGRMC,A,1,2",
                "GPTXT,01,01,02,ANTSTATUS=OK",
                "",
                "RMC,1",
                ",,,,"
            })
    void otherSentencesAreUnusedAndNotDamaged(String sentence) {
        assertEquals(new Unused(), parse(sentence));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "$*",
                "$*0",
                "GPRMC,1*00",
                "$GPRMC,123519,A,4807.038,N",
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6B",
                "$GPRMC,123519,A,4807.039,N,01131.000,E,022.4,084.4,230394,003.1,W*6A",
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6",
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A ",
                "$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*\u06f6A",
                "!AIVDM,1,1,,A,x,0*00"
            })
    void whatTheChecksumDoesNotVouchForIsDamaged(String line) {
        assertInstanceOf(Damaged.class, NmeaParser.parse(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GPRMC",
                "GPRMC,123519,A,4807.038,N",
                "GPRMC,123519,X,4807.038,N,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4807.038,,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4807.038,E,01131.000,N,022.4,084.4,230394,,",
                "GPRMC,123519,A,9007.038,N,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4860.000,N,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,18100.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,-807.038,N,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,0x48.0p1,N,01131.000,E,022.4,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,01131.000,E,NaN,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,01131.000,E,1e3,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,01131.000,E,-1,084.4,230394,,",
                "GPRMC,123519,A,4807.038,N,01131.000,E,1,361,230394,,",
                "GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4",
                "GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,F,46.9,M,,",
                "GPGGA,123519,4807.038,N,01131.000,E,one,08,0.9,545.4,M,46.9,M,,",
                "GPGGA,123519,4807.038,N,01131.000,E,1,8.5,0.9,545.4,M,46.9,M,,"
            })
    void sentencesThatMakeNoSenseAreDamagedDespiteARightChecksum(String sentence) {
        assertInstanceOf(Damaged.class, parse(sentence));
    }

    @Test
    void reasonsNeverQuoteTheLineBeyondAField() {
        Damaged damaged = assertInstanceOf(Damaged.class, NmeaParser.parse("$SECRET,4807.038,N*00"));
        assertTrue(!damaged.reason().contains("SECRET"), damaged.reason());
    }

    @Test
    void noSingleFlippedBitPasses() {
        byte[] sentence = MUNICH_RMC.getBytes(StandardCharsets.ISO_8859_1);
        for (int bit = 0; bit < sentence.length * 8; bit++) {
            byte[] flipped = sentence.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String line = new String(flipped, StandardCharsets.ISO_8859_1);
            // Hexadecimal digits may be small letters: 6A and 6a are the same sum.
            if (!line.equalsIgnoreCase(MUNICH_RMC) || !line.startsWith("$GPRMC,")) {
                assertInstanceOf(Damaged.class, NmeaParser.parse(line), line);
            }
        }
    }

    @Test
    void noPartOfASentencePasses() {
        for (int length = 0; length < MUNICH_GGA.length(); length++) {
            assertInstanceOf(Damaged.class, NmeaParser.parse(MUNICH_GGA.substring(0, length)));
            assertInstanceOf(Damaged.class, NmeaParser.parse(MUNICH_GGA.substring(length + 1)));
        }
    }

    @Test
    void everyPositionSurvivesBeingWrittenAndRead() {
        Random random = new Random(20260101);
        for (int i = 0; i < 2000; i++) {
            double latitude = random.nextDouble() * 180 - 90;
            double longitude = random.nextDouble() * 360 - 180;
            String sentence = "GNGGA,000000.00," + degrees(latitude, 2, "N", "S") + ","
                    + degrees(longitude, 3, "E", "W") + ",1,12,0.8,1.0,M,0.0,M,,";
            Gga gga = assertInstanceOf(Gga.class, parse(sentence), sentence);
            assertEquals(latitude, gga.position().orElseThrow().latitude(), 1e-6);
            assertEquals(longitude, gga.position().orElseThrow().longitude(), 1e-6);
        }
    }

    @Test
    void randomFieldsNeitherThrowNorGiveImpossibleValues() {
        Random random = new Random(7);
        String alphabet = "0123456789.-NSEWAVM,,,,,,eE+x $*\u00ff";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder fields = new StringBuilder(random.nextBoolean() ? "GPRMC," : "GPGGA,");
            for (int length = random.nextInt(60); length > 0; length--) {
                fields.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            NmeaSentence sentence = parse(fields.toString());
            if (sentence instanceof Rmc rmc) {
                assertTrue(rmc.speed().orElse(0) >= 0 && rmc.course().orElse(0) <= 360, fields.toString());
            }
        }
    }

    private static NmeaSentence parse(String fields) {
        int sum = fields.chars().reduce(0, (a, b) -> a ^ b) & 0xff;
        return NmeaParser.parse(String.format(Locale.ROOT, "$%s*%02X", fields, sum));
    }

    private static String degrees(double value, int digits, String positive, String negative) {
        // Rounded first, so that no minutes are written as 60.
        long tenMillionths = Math.round(Math.abs(value) * 60 * 1e7);
        long degrees = tenMillionths / 600_000_000;
        long rest = tenMillionths % 600_000_000;
        return String.format(
                Locale.ROOT,
                "%0" + digits + "d%02d.%07d,%s",
                degrees,
                rest / 10_000_000,
                rest % 10_000_000,
                value >= 0 ? positive : negative);
    }
}
