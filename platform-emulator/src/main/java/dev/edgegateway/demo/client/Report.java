package dev.edgegateway.demo.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** One thing that a client process tells the demo: a line of JSON. */
public sealed interface Report {
    /** A client has a connection, or has it again. */
    record Connected(String client) implements Report {}

    record Disconnected(String client) implements Report {}

    /**
     * The gateway has acknowledged a message; at QoS 0, where it never does, the message was written to the connection.
     */
    record Acknowledged(String device, long sequence) implements Report {}

    /**
     * The application has received a message of a device.
     *
     * @param topicDevice the device that the topic names, which should be the same.
     * @param delayMillis since the device first sent it.
     */
    record Delivered(String device, long sequence, String topicDevice, long delayMillis) implements Report {}

    /** The application has received something else: a sensor's readings, a status. */
    record Reading(String topicDevice, String event, String payload) implements Report {}

    /** The platform has acknowledged a command of the application. */
    record CommandSent(String device, long number) implements Report {}

    /**
     * A device has received a command.
     *
     * @param device who received it.
     * @param addressee whom it names; empty if it cannot be read.
     */
    record CommandReceived(String device, String addressee, long number) implements Report {}

    /** The line, without its end. */
    default String toLine() {
        var map = new LinkedHashMap<String, Object>();
        switch (this) {
            case Connected r -> put(map, "connected", "client", r.client());
            case Disconnected r -> put(map, "disconnected", "client", r.client());
            case Acknowledged r -> put(map, "acknowledged", "device", r.device(), "number", r.sequence());
            case Delivered r ->
                put(
                        map, "delivered", "device", r.device(), "number", r.sequence(), "topic", r.topicDevice(), "delay",
                        r.delayMillis());
            case Reading r -> put(map, "reading", "topic", r.topicDevice(), "event", r.event(), "payload", r.payload());
            case CommandSent r -> put(map, "command-sent", "device", r.device(), "number", r.number());
            case CommandReceived r ->
                put(map, "command-received", "device", r.device(), "addressee", r.addressee(), "number", r.number());
        }
        return JSON.std.asString(map);
    }

    /** @return empty if the line is no report. */
    static Optional<Report> parse(String line) {
        try {
            var fields = new Fields(JSON.std.mapFrom(line));
            return Optional.ofNullable(
                    switch (fields.text("report")) {
                        case "connected" -> new Connected(fields.text("client"));
                        case "disconnected" -> new Disconnected(fields.text("client"));
                        case "acknowledged" -> new Acknowledged(fields.text("device"), fields.number("number"));
                        case "delivered" ->
                            new Delivered(
                                    fields.text("device"),
                                    fields.number("number"),
                                    fields.text("topic"),
                                    fields.number("delay"));
                        case "reading" ->
                            new Reading(fields.text("topic"), fields.text("event"), fields.text("payload"));
                        case "command-sent" -> new CommandSent(fields.text("device"), fields.number("number"));
                        case "command-received" ->
                            new CommandReceived(
                                    fields.text("device"), fields.text("addressee"), fields.number("number"));
                        default -> null;
                    });
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void put(Map<String, Object> map, String report, Object... pairs) {
        map.put("report", report);
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
    }

    /** The fields of a line that was parsed. */
    record Fields(Map<String, Object> map) {
        String text(String key) {
            if (map.get(key) instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(key + " is missing");
        }

        long number(String key) {
            if (map.get(key) instanceof Number number) {
                return number.longValue();
            }
            throw new IllegalArgumentException(key + " is missing");
        }
    }
}
