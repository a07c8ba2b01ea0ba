package dev.edgegateway.gateway.rehearsal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToLongFunction;
import tools.jackson.jr.ob.JSON;

/**
 * What became of the messages of a rehearsal.
 *
 * @param devices one line each, by name.
 * @param unaccounted reports that did not fit the ledger; about those messages nothing is known.
 */
public record DeliveryCertificate(List<Line> devices, long unaccounted) {
    /**
     * One device.
     *
     * @param acknowledged messages its sender was told are safe.
     * @param delivered messages that arrived, each counted once.
     * @param duplicates further arrivals of a message that had arrived before.
     * @param outOfOrder messages that first arrived after a later one of the same device.
     * @param lost acknowledged and never delivered.
     * @param extra delivered and never acknowledged: the acknowledgement itself was lost, or is still to come.
     * @param firstLost the lowest sequence numbers of the lost, at most ten.
     */
    public record Line(
            String device,
            long acknowledged,
            long delivered,
            long duplicates,
            long outOfOrder,
            long lost,
            long extra,
            List<Long> firstLost) {
        public Line {
            firstLost = List.copyOf(firstLost);
        }
    }

    public DeliveryCertificate {
        devices = List.copyOf(devices);
    }

    /** Whether all that was acknowledged has arrived, and each device's messages in the order in which it sent them. */
    public boolean holds() {
        return lost() == 0 && outOfOrder() == 0 && unaccounted == 0;
    }

    public long acknowledged() {
        return sum(Line::acknowledged);
    }

    public long delivered() {
        return sum(Line::delivered);
    }

    public long duplicates() {
        return sum(Line::duplicates);
    }

    public long outOfOrder() {
        return sum(Line::outOfOrder);
    }

    public long lost() {
        return sum(Line::lost);
    }

    public long extra() {
        return sum(Line::extra);
    }

    /** The certificate as a JSON object: the totals, then {@code devices}. */
    public String toJson() {
        try {
            return JSON.std.asString(toMap());
        } catch (RuntimeException e) {
            throw new IllegalStateException("numbers and names always make JSON", e);
        }
    }

    /** The content of {@link #toJson}, for a caller that puts it into a larger object. */
    public Map<String, Object> toMap() {
        var map = new LinkedHashMap<String, Object>();
        map.put("holds", holds());
        map.put("acknowledged", acknowledged());
        map.put("delivered", delivered());
        map.put("duplicates", duplicates());
        map.put("out_of_order", outOfOrder());
        map.put("lost", lost());
        map.put("extra", extra());
        map.put("unaccounted", unaccounted);
        map.put("devices", devices.stream().map(DeliveryCertificate::toMap).toList());
        return map;
    }

    private static Map<String, Object> toMap(Line line) {
        var map = new LinkedHashMap<String, Object>();
        map.put("device", line.device());
        map.put("acknowledged", line.acknowledged());
        map.put("delivered", line.delivered());
        map.put("duplicates", line.duplicates());
        map.put("out_of_order", line.outOfOrder());
        map.put("lost", line.lost());
        map.put("extra", line.extra());
        map.put("first_lost", line.firstLost());
        return map;
    }

    /** The certificate as lines of at most 80 columns, the totals last. */
    public List<String> toText() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%-20s %12s %10s %10s %12s %6s",
                "device",
                "acknowledged",
                "delivered",
                "duplicates",
                "out of order",
                "lost"));
        for (Line line : devices) {
            lines.add(row(
                    line.device(),
                    line.acknowledged(),
                    line.delivered(),
                    line.duplicates(),
                    line.outOfOrder(),
                    line.lost()));
            if (!line.firstLost().isEmpty()) {
                lines.add("  lost: " + line.firstLost()
                        + (line.lost() > line.firstLost().size() ? " and more" : ""));
            }
        }
        lines.add(row("all", acknowledged(), delivered(), duplicates(), outOfOrder(), lost()));
        if (unaccounted > 0) {
            lines.add("the ledger was full: " + unaccounted + " reports are in none of these numbers");
        }
        return lines;
    }

    private static String row(
            String name, long acknowledged, long delivered, long duplicates, long outOfOrder, long lost) {
        String shown = name.length() <= 20 ? name : name.substring(0, 19) + "~";
        return String.format(
                Locale.ROOT,
                "%-20s %12d %10d %10d %12d %6d",
                shown,
                acknowledged,
                delivered,
                duplicates,
                outOfOrder,
                lost);
    }

    private long sum(ToLongFunction<Line> column) {
        return devices.stream().mapToLong(column).sum();
    }
}
