package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.Quantity;
import java.util.List;
import java.util.Locale;

/** Understands lines. Used by one thread. */
interface LineFormat {
    /** Never throws, whatever the line holds. */
    Parsed parse(String line);

    /** What became of a line. */
    sealed interface Parsed {
        /** @param values in the order of the line; empty if it says nothing that is measured. */
        record Values(List<Value> values) implements Parsed {
            public Values {
                values = List.copyOf(values);
            }
        }

        /** @param reason completes "the line ..."; never quotes it. */
        record Bad(String reason) implements Parsed {}
    }

    /**
     * @param name {@code snake_case}.
     * @param value finite.
     */
    record Value(String name, Quantity quantity, double value) {}

    /** The formats the option {@code format} names. */
    enum Kind {
        /** Each line by its first character: {@code $} starts NMEA. */
        AUTO,
        NMEA,
        KEY_VALUE;

        /** The word in the configuration. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        LineFormat format() {
            return switch (this) {
                case NMEA -> new NmeaFormat();
                case KEY_VALUE -> new KeyValueFormat();
                case AUTO -> {
                    LineFormat nmea = new NmeaFormat();
                    LineFormat keyValue = new KeyValueFormat();
                    yield line -> line.startsWith("$") ? nmea.parse(line) : keyValue.parse(line);
                }
            };
        }
    }
}
