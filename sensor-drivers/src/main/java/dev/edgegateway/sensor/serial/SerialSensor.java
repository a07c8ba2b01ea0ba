package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.Reading;
import dev.edgegateway.sensor.Sensor;
import dev.edgegateway.sensor.SensorException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Reads what a device on a serial port says line by line. */
final class SerialSensor implements Sensor {
    /** How long {@link #read} listens. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long one wait takes, and so how soon an interrupt is seen; hundreds of characters even at 9600 baud. */
    static final Duration SLICE = Duration.ofMillis(200);

    private static final int READ_SIZE = 4096;

    private final String id;
    private final ReopeningLine line;
    private final LineFormat format;
    private final InstantSource clock;
    private final MonotonicClock time;
    private final BadLines badLines;
    private final byte[] bytes = new byte[READ_SIZE];

    /** Valid for one opening of the line: what was cut off by a hang-up is never joined with what comes after. */
    private LineAssembler assembler = new LineAssembler();

    SerialSensor(String id, ReopeningLine line, LineFormat format, InstantSource clock, MonotonicClock time) {
        this.id = id;
        this.line = line;
        this.format = format;
        this.clock = clock;
        this.time = time;
        this.badLines = new BadLines(id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean streams() {
        return true;
    }

    @Override
    public List<Reading> read() throws InterruptedException {
        long deadline = time.nanos() + PATIENCE.toNanos();
        List<Reading> readings = new ArrayList<>();
        do {
            // The wait itself is in native code and does not answer to interrupts.
            if (Thread.interrupted()) {
                throw new InterruptedException("Reading sensor " + id);
            }
            listen(readings);
        } while (readings.isEmpty() && time.nanos() - deadline < 0);
        return List.copyOf(readings);
    }

    @Override
    public void close() {
        line.close();
    }

    /** How many lines were skipped since the start, for whatever reason. */
    long badLines() {
        return badLines.count();
    }

    private void listen(List<Reading> readings) throws InterruptedException {
        int count;
        try {
            count = line.read(bytes, SLICE);
        } catch (SensorException away) {
            assembler = new LineAssembler();
            throw away;
        }
        if (count == 0) {
            assembler.silence();
            return;
        }
        Instant takenAt = clock.instant();
        long tooLongBefore = assembler.tooLong();
        for (String text : assembler.feed(bytes, count)) {
            switch (format.parse(text)) {
                case LineFormat.Parsed.Values(List<LineFormat.Value> values) ->
                    values.forEach(value ->
                            readings.add(new Reading(id, value.name(), value.quantity(), value.value(), takenAt)));
                case LineFormat.Parsed.Bad(String reason) -> badLines.add(reason);
            }
        }
        for (long i = tooLongBefore; i < assembler.tooLong(); i++) {
            badLines.add("was longer than " + LineAssembler.MAX_LENGTH + " bytes");
        }
    }
}
