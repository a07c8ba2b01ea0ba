package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorDriver;
import dev.edgegateway.sensor.bus.SerialLine;
import dev.edgegateway.sensor.bus.SerialSettings;
import dev.edgegateway.sensor.bus.SerialSettings.Parity;
import dev.edgegateway.sensor.bus.jserialcomm.JSerialCommLine;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/** Driver {@code serial}: a device that says lines of text by itself, such as a GPS receiver or a microcontroller. */
public final class SerialDriver implements SensorDriver {
    private static final String PORT = "port";
    private static final String BAUD = "baud";
    private static final String PARITY = "parity";
    private static final String DATA_BITS = "data_bits";
    private static final String STOP_BITS = "stop_bits";
    private static final String FORMAT = "format";

    private static final List<Option> OPTIONS = List.of(
            Option.required(PORT, Option.Kind.TEXT, "The device, best by a name that stays: /dev/serial/by-id/..."),
            Option.optional(BAUD, Option.Kind.INTEGER, 9600L, "Bits per second."),
            Option.choice(PARITY, word(Parity.NONE), words(Parity.values()), "The parity bit."),
            Option.optional(DATA_BITS, Option.Kind.INTEGER, 8L, "Data bits of a character, 5 to 8."),
            Option.optional(STOP_BITS, Option.Kind.INTEGER, 1L, "Stop bits of a character, 1 or 2."),
            Option.choice(
                    FORMAT,
                    LineFormat.Kind.AUTO.word(),
                    Arrays.stream(LineFormat.Kind.values())
                            .map(LineFormat.Kind::word)
                            .toList(),
                    "What the lines are: NMEA 0183, pairs such as temp=21.5, or each by its first character."));

    private final SerialLine.Opener opener;
    private final MonotonicClock time;
    private final RandomGenerator random;

    /** For {@link java.util.ServiceLoader}. */
    public SerialDriver() {
        this(JSerialCommLine::open, MonotonicClock.SYSTEM, RandomGenerator.getDefault());
    }

    SerialDriver(SerialLine.Opener opener, MonotonicClock time, RandomGenerator random) {
        this.opener = opener;
        this.time = time;
        this.random = random;
    }

    @Override
    public String name() {
        return "serial";
    }

    @Override
    public List<Option> options() {
        return OPTIONS;
    }

    @Override
    public String bus(Options options) {
        return "serial:" + options.text(PORT);
    }

    @Override
    public Sensor open(String sensorId, Options options, InstantSource clock) {
        var settings = new SerialSettings(
                options.text(PORT),
                options.integer(BAUD),
                options.integer(DATA_BITS),
                Parity.valueOf(options.text(PARITY).toUpperCase(Locale.ROOT)),
                options.integer(STOP_BITS));
        LineFormat format = LineFormat.Kind.valueOf(options.text(FORMAT).toUpperCase(Locale.ROOT))
                .format();
        var line = new ReopeningLine(sensorId, settings, advising(sensorId), time, random);
        return new SerialSensor(sensorId, line, format, clock, time);
    }

    /** Tells about the port's name when it is opened first: then its better names are there too. */
    private SerialLine.Opener advising(String sensorId) {
        AtomicBoolean told = new AtomicBoolean();
        return settings -> {
            SerialLine line = opener.open(settings);
            if (told.compareAndSet(false, true)) {
                new PortName(Path.of("/dev/serial/by-id"))
                        .advice(settings.path())
                        .ifPresent(advice -> Logger.warn("Sensor {}: {}", sensorId, advice));
            }
            return line;
        };
    }

    private static List<String> words(Parity... parities) {
        return Arrays.stream(parities).map(SerialDriver::word).toList();
    }

    private static String word(Parity parity) {
        return parity.name().toLowerCase(Locale.ROOT);
    }
}
