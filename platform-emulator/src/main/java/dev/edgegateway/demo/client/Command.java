package dev.edgegateway.demo.client;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/**
 * What the application sends to a device, JSON.
 *
 * @param device whom it is meant for, so that a device can tell whether it is.
 * @param number from 1, one higher for each command to this device.
 */
record Command(String device, long number) {

    byte[] encode() {
        var command = new LinkedHashMap<String, Object>();
        command.put("device", device);
        command.put("number", number);
        return JSON.std.asString(command).getBytes(StandardCharsets.UTF_8);
    }

    static Optional<Command> decode(byte[] payload) {
        try {
            Map<String, Object> command = JSON.std.mapFrom(payload);
            if (command.get("device") instanceof String device
                    && command.get("number") instanceof Number number
                    && number.longValue() > 0) {
                return Optional.of(new Command(device, number.longValue()));
            }
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
