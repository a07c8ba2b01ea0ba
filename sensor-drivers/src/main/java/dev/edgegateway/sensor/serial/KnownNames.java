package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.Quantity;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Guesses what a name means. The line carries no units, so a name that says another one than ours is not guessed. */
final class KnownNames {
    private static final Map<String, Quantity> WORDS = Map.ofEntries(
            Map.entry("temp", Quantity.TEMPERATURE),
            Map.entry("temperature", Quantity.TEMPERATURE),
            Map.entry("hum", Quantity.RELATIVE_HUMIDITY),
            Map.entry("humidity", Quantity.RELATIVE_HUMIDITY),
            Map.entry("rh", Quantity.RELATIVE_HUMIDITY),
            Map.entry("press", Quantity.PRESSURE),
            Map.entry("pressure", Quantity.PRESSURE),
            Map.entry("lat", Quantity.LATITUDE),
            Map.entry("latitude", Quantity.LATITUDE),
            Map.entry("lon", Quantity.LONGITUDE),
            Map.entry("lng", Quantity.LONGITUDE),
            Map.entry("longitude", Quantity.LONGITUDE),
            Map.entry("alt", Quantity.ALTITUDE),
            Map.entry("altitude", Quantity.ALTITUDE),
            Map.entry("speed", Quantity.SPEED),
            Map.entry("heading", Quantity.HEADING),
            Map.entry("ratio", Quantity.RATIO),
            Map.entry("count", Quantity.COUNT),
            Map.entry("uptime", Quantity.DURATION),
            Map.entry("volt", Quantity.VOLTAGE),
            Map.entry("volts", Quantity.VOLTAGE),
            Map.entry("voltage", Quantity.VOLTAGE),
            Map.entry("current", Quantity.CURRENT),
            Map.entry("amps", Quantity.CURRENT));

    /** Units people put into names, and words that make of a quantity another one. */
    private static final Set<String> OTHER_UNITS = Set.of(
            "f",
            "fahrenheit",
            "k",
            "kelvin",
            "hpa",
            "kpa",
            "mpa",
            "mbar",
            "bar",
            "psi",
            "mmhg",
            "atm",
            "ft",
            "feet",
            "km",
            "kmh",
            "kph",
            "mph",
            "kn",
            "knots",
            "kts",
            "rad",
            "mv",
            "kv",
            "uv",
            "ma",
            "ua",
            "ms",
            "us",
            "ns",
            "min",
            "h",
            "hours",
            "days",
            "raw",
            "adc",
            "percent",
            "pct",
            "abs",
            "absolute",
            "rate",
            "error",
            "err",
            "offset",
            "state");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+$");

    private KnownNames() {}

    /** @param name {@code snake_case}; numbered words as in {@code temp2} count as the word. */
    static Quantity quantityOf(String name) {
        Quantity guess = Quantity.UNSPECIFIED;
        for (String numbered : name.split("_")) {
            String word = DIGITS.matcher(numbered).replaceAll("");
            Quantity meaning = WORDS.getOrDefault(word, Quantity.UNSPECIFIED);
            boolean second = meaning != Quantity.UNSPECIFIED && guess != Quantity.UNSPECIFIED && meaning != guess;
            if (second || OTHER_UNITS.contains(word)) {
                return Quantity.UNSPECIFIED;
            }
            guess = meaning == Quantity.UNSPECIFIED ? guess : meaning;
        }
        return guess;
    }
}
