package dev.edgegateway.gateway.telemetry;

import dev.edgegateway.sensor.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * Readings as JSON: {@code {"d":{"temperature":21.5},"ts":"2026-01-02T03:04:05.678Z"}}, the platform's convention for
 * events. The time is that of the latest reading, by the gateway's clock.
 */
final class ReadingCodec {
    private ReadingCodec() {}

    /** @param readings of one sensor, at least one. */
    static byte[] encode(List<Reading> readings) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Reading reading : readings) {
            values.put(reading.name(), number(reading.value()));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("d", values);
        event.put("ts", readings.getLast().takenAt().toString());
        return JSON.std.asBytes(event);
    }

    /** A whole number without a fraction. */
    private static Object number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? (Object) (long) value : (Object) value;
    }
}
