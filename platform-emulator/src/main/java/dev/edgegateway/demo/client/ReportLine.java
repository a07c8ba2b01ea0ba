package dev.edgegateway.demo.client;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** A {@link Report} as a line of JSON. */
public final class ReportLine {
    private ReportLine() {}

    /** The line, without its end. */
    static String write(Report report) {
        return JSON.std.asString(
                switch (report) {
                    case Report.Connected r -> map("connected", "client", r.client());
                    case Report.Disconnected r -> map("disconnected", "client", r.client());
                    case Report.Finished r -> map("finished", "device", r.device());
                    case Report.Acknowledged r -> map("acknowledged", "device", r.device(), "number", r.sequence());
                    case Report.Delivered r ->
                        map(
                                "delivered",
                                "device",
                                r.device(),
                                "number",
                                r.sequence(),
                                "topic",
                                r.topicDevice(),
                                "delay",
                                r.delayMillis());
                    case Report.Reading r ->
                        map("reading", "topic", r.topicDevice(), "event", r.event(), "payload", r.payload());
                    case Report.CommandSent r -> map("command-sent", "device", r.device(), "number", r.number());
                    case Report.CommandReceived r ->
                        map("command-received", "device", r.device(), "addressee", r.addressee(), "number", r.number());
                });
    }

    /** @return empty if the line is no report. */
    public static Optional<Report> read(String line) {
        try {
            var fields = new Fields(JSON.std.mapFrom(line));
            return switch (fields.text("report")) {
                case "connected" -> Optional.of(new Report.Connected(fields.text("client")));
                case "disconnected" -> Optional.of(new Report.Disconnected(fields.text("client")));
                case "finished" -> Optional.of(new Report.Finished(fields.text("device")));
                case "acknowledged" ->
                    Optional.of(new Report.Acknowledged(fields.text("device"), fields.number("number")));
                case "delivered" ->
                    Optional.of(new Report.Delivered(
                            fields.text("device"),
                            fields.number("number"),
                            fields.text("topic"),
                            fields.number("delay")));
                case "reading" ->
                    Optional.of(new Report.Reading(fields.text("topic"), fields.text("event"), fields.text("payload")));
                case "command-sent" ->
                    Optional.of(new Report.CommandSent(fields.text("device"), fields.number("number")));
                case "command-received" ->
                    Optional.of(new Report.CommandReceived(
                            fields.text("device"), fields.text("addressee"), fields.number("number")));
                default -> Optional.empty();
            };
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> map(String report, Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        map.put("report", report);
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private record Fields(Map<String, Object> map) {
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
