package dev.edgegateway.gateway.telemetry;

import dev.edgegateway.sensor.Reading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one sensor.
 *
 * @param readings the last that were taken, one for each name; empty if none ever was.
 * @param readAtNanos {@link System#nanoTime} of the last of them; meaningless if there is none.
 * @param error why the last attempt failed; null if it did not.
 * @param attempts reads so far, for the watchdog.
 */
public record SensorState(
        String sensorId,
        String driver,
        List<Reading> readings,
        long readAtNanos,
        @Nullable String error,
        long attempts) {
    public SensorState {
        readings = List.copyOf(readings);
    }
}
