package dev.edgegateway.demo;

import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** What a sensor's payload says, in a few characters. */
final class Readings {
    private Readings() {}

    /** The first of the readings as {@code name value}; empty if there is none. */
    static String first(String payload) {
        try {
            if (JSON.std.mapFrom(payload).get("d") instanceof Map<?, ?> readings) {
                return readings.entrySet().stream()
                        .findFirst()
                        .map(entry -> entry.getKey() + " " + shortened(entry.getValue()))
                        .orElse("");
            }
            return "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private static String shortened(Object value) {
        return value instanceof Double number ? String.format(Locale.ROOT, "%.2f", number) : String.valueOf(value);
    }
}
