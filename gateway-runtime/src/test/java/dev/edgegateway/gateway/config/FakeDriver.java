package dev.edgegateway.gateway.config;

import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorDriver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A driver of which only its options matter. */
public record FakeDriver(String name, List<Option> options) implements SensorDriver {
    /** As the example of the documentation needs it. */
    public static final FakeDriver SYSTEM = new FakeDriver(
            "system",
            List.of(Option.optional("disk", Option.Kind.TEXT, "/", "The file system whose use is measured.")));

    /** One option of each kind. */
    public static final FakeDriver SERIAL = new FakeDriver(
            "serial",
            List.of(
                    Option.required("device", Option.Kind.TEXT, "The serial line."),
                    Option.optional("baud", Option.Kind.INTEGER, 9600L, "Its speed."),
                    Option.optional("scale", Option.Kind.NUMBER, null, "Multiplies every value."),
                    Option.optional("invert", Option.Kind.FLAG, false, "Turns the sign."),
                    Option.optional("silence", Option.Kind.DURATION, Duration.ofSeconds(30), "Longest silence."),
                    Option.choice("format", "nmea", List.of("nmea", "key_value"), "What is spoken.")));

    @Override
    public String bus(Options options) {
        return name;
    }

    /** Knows that no line is slower than 50 baud, and has a line it never takes. */
    @Override
    public Sensor open(String sensorId, Options options, InstantSource clock) {
        if (options.values().containsKey("baud") && options.integer("baud") < 50) {
            throw new IllegalArgumentException("baud: must be 50 or more, not " + options.integer("baud"));
        }
        if (options.values().containsValue("/dev/tty13")) {
            throw new IllegalArgumentException("line 13 is not what it seems");
        }
        return new Sensor() {
            @Override
            public String id() {
                return sensorId;
            }

            @Override
            public boolean streams() {
                return false;
            }

            @Override
            public List<Reading> read() {
                throw new UnsupportedOperationException("nothing is read here");
            }

            @Override
            public void close() {}
        };
    }
}
