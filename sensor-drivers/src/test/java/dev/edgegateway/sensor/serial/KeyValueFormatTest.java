package dev.edgegateway.sensor.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.sensor.Quantity;
import dev.edgegateway.sensor.serial.LineFormat.Parsed;
import dev.edgegateway.sensor.serial.LineFormat.Value;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyValueFormatTest {
    private static final List<Value> TEMP_AND_HUM =
            List.of(new Value("temp", Quantity.TEMPERATURE, 21.5), new Value("hum", Quantity.RELATIVE_HUMIDITY, 40));

    private final KeyValueFormat format = new KeyValueFormat();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "temp=21.5 hum=40",
                "temp=21.5,hum=40",
                "temp=21.5;hum=40;",
                "temp=21.5 , hum=40",
                "  temp = 21.5\thum= 40  ",
                ",temp=+21.5,,hum=4e1"
            })
    void pairsArePartedByBlanksCommasOrSemicolons(String line) {
        assertEquals(new Parsed.Values(TEMP_AND_HUM), format.parse(line));
    }

    @ParameterizedTest
    @CsvSource({
        "Temp, temp",
        "tempOut, temp_out",
        "TEMP, temp",
        "CO2Level, co2_level",
        "out-temp.1, out_temp_1",
        "PM2.5, pm2_5",
        "HTTPCount, http_count",
        "a__b, a_b",
        "a_, a"
    })
    void namesBecomeSnakeCase(String given, String expected) {
        Parsed.Values parsed = assertInstanceOf(Parsed.Values.class, format.parse(given + "=1"));
        assertEquals(expected, parsed.values().getFirst().name());
    }

    @ParameterizedTest
    @CsvSource({
        "temp, TEMPERATURE",
        "temperature, TEMPERATURE",
        "temp2, TEMPERATURE",
        "outTemp, TEMPERATURE",
        "temp_out, TEMPERATURE",
        "hum, RELATIVE_HUMIDITY",
        "humidity, RELATIVE_HUMIDITY",
        "press, PRESSURE",
        "pressure, PRESSURE",
        "pressure_pa, PRESSURE",
        "vbat_voltage, VOLTAGE",
        "lat, LATITUDE",
        "lon, LONGITUDE",
        "temp_f, UNSPECIFIED",
        "press_hpa, UNSPECIFIED",
        "speed_kmh, UNSPECIFIED",
        "temp_hum, UNSPECIFIED",
        "attempt, UNSPECIFIED",
        "co2, UNSPECIFIED"
    })
    void wellKnownNamesTellTheQuantityAndDoubtfulOnesDoNot(String name, Quantity expected) {
        Parsed.Values parsed = assertInstanceOf(Parsed.Values.class, format.parse(name + "=1"));
        assertEquals(expected, parsed.values().getFirst().quantity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"temp=21.5 hum=40 rain=nan", "temp=21.5 hum=40 rain=", "temp=21.5,hum=40,rain=INF"})
    void aValueThatWasNotMeasuredIsLeftOut(String line) {
        assertEquals(new Parsed.Values(TEMP_AND_HUM), format.parse(line));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "temp=21.5 hum",
                "temp=21.5C",
                "temp=0x10",
                "temp=1d",
                "temp=1e999",
                "temp=--1",
                "temp=1.2.3",
                "temp=21,5",
                "=5",
                "1temp=5",
                "temp=1=2",
                "temp=1 temp=2",
                "Temp=1 temp=2",
                "te\u0000mp=1",
                "t\u00e4mp=1",
                "temp=\u0661",
                "{\"temp\":21.5}"
            })
    void aLineThatIsNotAllPairsIsBad(String line) {
        assertInstanceOf(Parsed.Bad.class, format.parse(line));
    }

    @Test
    void aBlankLineSaysNothing() {
        assertEquals(new Parsed.Values(List.of()), format.parse(" \t "));
    }

    @Test
    void aLongNameIsBad() {
        assertInstanceOf(Parsed.Values.class, format.parse("a".repeat(64) + "=1"));
        assertInstanceOf(Parsed.Bad.class, format.parse("a".repeat(65) + "=1"));
    }

    @Test
    void namesInventedByDamageAreBoundedAndTheKnownOnesGoOn() {
        format.parse("temp=21.5 hum=40");
        for (int i = 0; i < KeyValueFormat.MAX_NAMES - 2; i++) {
            assertInstanceOf(Parsed.Values.class, format.parse("n" + i + "=1"));
        }
        assertInstanceOf(Parsed.Bad.class, format.parse("one_more=1"));
        assertEquals(new Parsed.Values(TEMP_AND_HUM), format.parse("temp=21.5 hum=40"));
    }

    @Test
    void randomLinesNeitherThrowNorGiveWhatIsNoReading() {
        Random random = new Random(99);
        String alphabet = "abTx=  ,;.+-e0123456789_nainf\u00ff\u0000=";
        for (int i = 0; i < 20_000; i++) {
            var line = new StringBuilder();
            for (int length = random.nextInt(80); length > 0; length--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            if (new KeyValueFormat().parse(line.toString()) instanceof Parsed.Values(List<Value> values)) {
                for (Value value : values) {
                    assertTrue(value.name().matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"), value.name());
                    assertTrue(Double.isFinite(value.value()), line.toString());
                }
            }
        }
    }

    @Test
    void randomBytesNeverThrow() {
        Random random = new Random(100);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(1024)];
            random.nextBytes(bytes);
            assertNotNull(format.parse(new String(bytes, ISO_8859_1)));
        }
    }
}
