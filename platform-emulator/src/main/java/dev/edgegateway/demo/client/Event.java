package dev.edgegateway.demo.client;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What a device publishes: a measurement that says who sent it and as which of its messages. In JSON, by the platform's
 * convention: the readings in {@code d}, the time in {@code ts}.
 *
 * @param sequence from 1, one higher for each message of the device.
 */
record Event(String device, long sequence, double value, Instant sentAt) {

    byte[] encode() {
        var readings = new LinkedHashMap<String, Object>();
        readings.put("device", device);
        readings.put("sequence", sequence);
        readings.put("value", value);
        var event = new LinkedHashMap<String, Object>();
        event.put("d", readings);
        event.put("ts", sentAt.toString());
        return JSON.std.asString(event).getBytes(StandardCharsets.UTF_8);
    }

    /** @return empty if this is some other message: a sensor's reading, a status. */
    static Optional<Event> decode(byte[] payload) {
        try {
            Map<String, Object> event = JSON.std.mapFrom(payload);
            if (event.get("d") instanceof Map<?, ?> readings
                    && readings.get("device") instanceof String device
                    && readings.get("sequence") instanceof Number sequence
                    && sequence.longValue() > 0
                    && readings.get("value") instanceof Number value
                    && event.get("ts") instanceof String sentAt) {
                return Optional.of(new Event(device, sequence.longValue(), value.doubleValue(), Instant.parse(sentAt)));
            }
            return Optional.empty();
        } catch (JacksonException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
