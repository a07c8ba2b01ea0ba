package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.SensorException;
import dev.edgegateway.sensor.bus.SerialLine;
import dev.edgegateway.sensor.bus.SerialSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * A serial port whose device may come and go. It is opened by the first read, and again, with growing pauses, by reads
 * after it was lost. Used by one thread.
 */
final class ReopeningLine implements AutoCloseable {
    /** The longest a read sleeps before it answers that the device is still away. */
    static final Duration MAX_SLEEP = Duration.ofSeconds(1);

    private final String sensorId;
    private final SerialSettings settings;
    private final SerialLine.Opener opener;
    private final MonotonicClock time;
    private final Backoff backoff;

    private @Nullable SerialLine line;
    private boolean closed;

    /** Why the device is away; null while it is there, and before the first attempt. */
    private @Nullable String trouble;

    private long awaySince;
    private long nextAttempt;

    ReopeningLine(
            String sensorId,
            SerialSettings settings,
            SerialLine.Opener opener,
            MonotonicClock time,
            RandomGenerator random) {
        this.sensorId = sensorId;
        this.settings = settings;
        this.opener = opener;
        this.time = time;
        this.backoff = new Backoff(random);
    }

    /**
     * As {@link SerialLine#read}.
     *
     * @throws SensorException if the device is away, or has gone just now; a later read tries again.
     */
    int read(byte[] into, Duration timeout) throws InterruptedException {
        if (closed) {
            throw new IllegalStateException(sensorId + " is closed");
        }
        try {
            SerialLine open = opened();
            int count = open.read(into, timeout);
            if (count > 0) {
                // Opening alone proves nothing: a broken adapter opens and hangs up again and again.
                backoff.reset();
            }
            return count;
        } catch (SensorException failure) {
            throw lost(failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        closeLine();
    }

    private SerialLine opened() throws InterruptedException {
        if (line != null) {
            return line;
        }
        if (trouble != null) {
            awaitNextAttempt(trouble);
        }
        SerialLine opened = opener.open(settings);
        line = opened;
        if (trouble == null) {
            Logger.info("Sensor {} listens on {}", sensorId, settings.path());
        } else {
            Logger.info(
                    "Sensor {} listens on {} again after {} s",
                    sensorId,
                    settings.path(),
                    Duration.ofNanos(time.nanos() - awaySince).toSeconds());
            trouble = null;
        }
        return opened;
    }

    private void awaitNextAttempt(String lastTrouble) throws InterruptedException {
        Duration remaining = Duration.ofNanos(Math.max(0, nextAttempt - time.nanos()));
        if (remaining.compareTo(MAX_SLEEP) > 0) {
            time.sleep(MAX_SLEEP);
            throw new StillAway(lastTrouble);
        }
        time.sleep(remaining);
    }

    private SensorException lost(SensorException failure) {
        if (failure instanceof StillAway still) {
            return still;
        }
        closeLine();
        String told = "Sensor " + sensorId + ": " + failure.getMessage();
        Duration pause = backoff.next();
        nextAttempt = time.nanos() + pause.toNanos();
        if (trouble == null) {
            awaySince = time.nanos();
            Logger.warn("{}; it is tried again until it is back", told);
        } else {
            Logger.debug("{}; next attempt in {} ms", told, pause.toMillis());
        }
        trouble = told;
        return new SensorException(told, failure);
    }

    private void closeLine() {
        if (line != null) {
            line.close();
            line = null;
        }
    }

    /** Between two attempts: nothing was tried, so nothing new is known. */
    private static final class StillAway extends SensorException {
        private static final long serialVersionUID = 1L;

        StillAway(String lastTrouble) {
            super(lastTrouble);
        }
    }
}
