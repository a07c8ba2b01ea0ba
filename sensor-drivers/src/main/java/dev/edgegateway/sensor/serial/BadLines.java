package dev.edgegateway.sensor.serial;

import org.tinylog.Logger;

/** Counts lines that were skipped, and says so at the first, tenth, hundredth and so on. Not thread-safe. */
final class BadLines {
    private final String sensorId;
    private long count;
    private long nextToTell = 1;

    BadLines(String sensorId) {
        this.sensorId = sensorId;
    }

    /** @param reason completes "the line ...". */
    void add(String reason) {
        count++;
        if (count == nextToTell) {
            Logger.warn("Sensor {}: skipped {} bad line(s) so far; the last one {}", sensorId, count, reason);
            nextToTell *= 10;
        }
    }

    long count() {
        return count;
    }
}
