package dev.edgegateway.demo;

import dev.edgegateway.demo.screen.Words;
import dev.edgegateway.gateway.rehearsal.DeliveryCertificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * How the demonstration ended.
 *
 * @param kills how often the gateway was killed.
 * @param comebacks how long it took after a kill until a device was connected again; none for a kill that the next one
 *     came too soon after.
 * @param unfinished devices that were still waiting for acknowledgements when the patience ended.
 * @param mostQueued the most messages the gateway was seen to keep.
 * @param mostResidentBytes the most memory the gateway was seen to have.
 * @param drained how long it took after the devices had stopped until everything was where it belongs.
 */
record Outcome(
        DemoOptions options,
        Books.Balance balance,
        int kills,
        List<Duration> comebacks,
        List<String> unfinished,
        long mostQueued,
        long mostResidentBytes,
        Duration drained,
        List<Sensor> sensors) {

    /** @param arrived how often the sensor was heard at the platform. */
    record Sensor(String id, String driver, long arrived) {}

    Outcome {
        comebacks = List.copyOf(comebacks);
        unfinished = List.copyOf(unfinished);
        sensors = List.copyOf(sensors);
    }

    /** What was promised and not kept, one sentence for each; empty if all was. */
    List<String> failures() {
        var failures = new ArrayList<String>();
        DeliveryCertificate promised = balance.promised();
        if (promised.acknowledged() == 0 && options.devices() > 0) {
            failures.add("nothing was acknowledged, so nothing is proven");
        }
        fail(failures, promised.lost(), "acknowledged and never delivered");
        fail(failures, promised.outOfOrder(), "delivered out of their device's order");
        fail(failures, promised.unaccounted(), "too many for the ledger");
        fail(failures, balance.misrouted(), "delivered under another device's name");
        fail(failures, balance.misdelivered(), "commands, delivered to another device than the one addressed");
        fail(failures, balance.commands().lost(), "commands, acknowledged and never received");
        if (!unfinished.isEmpty()) {
            failures.add("still waiting for acknowledgements: " + String.join(", ", unfinished));
        }
        return failures;
    }

    private static void fail(List<String> failures, long count, String what) {
        if (count > 0) {
            failures.add(Words.count(count) + " " + what);
        }
    }

    boolean kept() {
        return failures().isEmpty();
    }

    /** The certificate and all around it, as lines of at most 80 columns. */
    List<String> toText() {
        var lines = new ArrayList<String>();
        lines.add("Delivery certificate: QoS 1 and 2");
        lines.add("");
        balance.promised().toText().forEach(lines::add);
        lines.add("");
        DeliveryCertificate unpromised = balance.unpromised();
        lines.add(line(
                "at QoS 0, no promise",
                Words.count(unpromised.acknowledged()) + " sent, " + Words.count(unpromised.delivered()) + " arrived"));
        DeliveryCertificate commands = balance.commands();
        lines.add(line(
                "commands",
                Words.count(commands.acknowledged()) + " sent, " + Words.count(commands.delivered()) + " received, "
                        + Words.count(balance.misdelivered()) + " by the wrong device, "
                        + Words.count(commands.duplicates()) + " twice"));
        for (Sensor sensor : sensors) {
            lines.add(line(
                    "sensor " + sensor.id(),
                    Words.count(sensor.arrived()) + " readings arrived (" + sensor.driver() + ")"));
        }
        lines.add(line(
                "uplink", options.outageSeconds() == 0 ? "never cut" : "cut for " + options.outageSeconds() + " s"));
        lines.add(line("gateway", killed()));
        lines.add(line(
                "queue",
                "at most " + Words.count(mostQueued) + " messages, empty " + Words.seconds(drained)
                        + " after the last one"));
        lines.add(line("memory", "at most " + Words.mebibytes(mostResidentBytes) + " resident"));
        lines.add("");
        if (kept()) {
            lines.add("KEPT: every acknowledged message arrived, in the order of its device.");
        } else {
            failures().forEach(failure -> lines.add("NOT KEPT: " + failure));
        }
        return lines;
    }

    private String killed() {
        if (kills == 0) {
            return "never killed";
        }
        String killed = "killed " + (kills == 1 ? "once" : kills + " times");
        return comebacks.stream()
                .max(Duration::compareTo)
                .map(slowest -> killed + ", a device was back after at most " + Words.seconds(slowest))
                .orElse(killed);
    }

    private static String line(String label, String text) {
        return label + " ".repeat(Math.max(1, 21 - label.length())) + text;
    }

    /** The same as a JSON object. */
    String toJson() {
        var map = new LinkedHashMap<String, Object>();
        map.put("kept", kept());
        map.put("failures", failures());
        map.put("seed", options.seed());
        map.put("seconds", options.seconds());
        map.put("rate", options.rate());
        map.put("outage_s", options.outageSeconds());
        map.put("kills", kills);
        map.put("back_after_ms", comebacks.stream().map(Duration::toMillis).toList());
        map.put("certificate", balance.promised().toMap());
        map.put(
                "qos_0",
                Map.of(
                        "sent",
                        balance.unpromised().acknowledged(),
                        "arrived",
                        balance.unpromised().delivered()));
        map.put("misrouted", balance.misrouted());
        map.put("commands", commands());
        var readings = new LinkedHashMap<String, Object>();
        sensors.forEach(sensor -> readings.put(sensor.id(), sensor.arrived()));
        map.put("sensor_readings", readings);
        map.put("most_queued", mostQueued);
        map.put("most_resident_bytes", mostResidentBytes);
        map.put("drained_ms", drained.toMillis());
        return JSON.std.asString(map);
    }

    private Map<String, Object> commands() {
        var map = new LinkedHashMap<String, Object>();
        map.put("sent", balance.commands().acknowledged());
        map.put("received", balance.commands().delivered());
        map.put("lost", balance.commands().lost());
        map.put("duplicates", balance.commands().duplicates());
        map.put("misdelivered", balance.misdelivered());
        return map;
    }
}
