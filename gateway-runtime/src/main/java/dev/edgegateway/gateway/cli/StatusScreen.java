package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.control.StatusReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status report as one screen of text. */
final class StatusScreen {
    private static final String MARGIN = "          ";

    private enum Paint {
        BOLD("1"),
        GOOD("32"),
        UNEASY("33"),
        BAD("31");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    private final StatusReport report;
    private final boolean colour;
    private final StringBuilder text = new StringBuilder();

    StatusScreen(StatusReport report, boolean colour) {
        this.report = report;
        this.colour = colour;
    }

    /** Lines, each with a line feed. */
    String text() {
        StatusReport.Gateway gateway = report.gateway();
        text.append(paint(Paint.BOLD, "edge-gateway " + gateway.deviceId()))
                .append(" (%s)   %s   up %s   pid %d   start %d\n\n"
                        .formatted(
                                gateway.typeId(),
                                gateway.version(),
                                duration(gateway.uptimeSeconds()),
                                gateway.pid(),
                                gateway.generation()));
        uplink();
        queue();
        broker();
        store();
        sensors();
        return text.toString();
    }

    private void uplink() {
        StatusReport.Uplink uplink = report.uplink();
        Paint paint = switch (uplink.state()) {
            case CONNECTED -> Paint.GOOD;
            case CONNECTING, WAITING -> Paint.UNEASY;
            case REFUSED -> Paint.BAD;
            case NONE -> Paint.BOLD;
        };
        String state = paint(paint, uplink.state().name());
        if (uplink.state() == StatusReport.UplinkState.NONE) {
            section("uplink", state + "   nothing is relayed");
            return;
        }
        section(
                "uplink",
                state + " for " + duration(uplink.sinceSeconds()) + "   " + uplink.profile() + " to " + uplink.url()
                        + "   " + count(uplink.inFlight()) + " in flight");
        String error = uplink.lastError();
        if (error != null) {
            boolean over = uplink.state() == StatusReport.UplinkState.CONNECTED;
            more((over ? "before: " : "") + printable(error));
        }
    }

    private void queue() {
        StatusReport.Queue queue = report.queue();
        Long oldest = queue.oldestAgeSeconds();
        long percent = queue.maxBytes() == 0 ? 0 : Math.round(100.0 * queue.bytes() / queue.maxBytes());
        section(
                "queue",
                count(queue.depth()) + " messages   " + bytes(queue.bytes()) + " of " + bytes(queue.maxBytes()) + " ("
                        + percent + "%)" + (oldest == null ? "" : "   oldest " + duration(oldest)));
        more(count(queue.appended()) + " taken, " + count(queue.delivered()) + " delivered, "
                + dropped(queue.dropped()));
    }

    private void broker() {
        StatusReport.Broker broker = report.broker();
        section(
                "broker",
                count(broker.clients()) + " clients   " + count(broker.sessions()) + " sessions   "
                        + count(broker.subscriptions()) + " subscriptions   " + count(broker.retained()) + " retained");
        more(count(broker.received()) + " received, " + count(broker.sent()) + " sent, " + dropped(broker.dropped())
                + ", " + count(broker.queuedMessages()) + " waiting (" + bytes(broker.queuedBytes()) + ")");
        more(broker.listeners().stream()
                .map(listener -> listener.name() + " "
                        + (listener.bind().contains(":") ? "[" + listener.bind() + "]" : listener.bind()) + ":"
                        + listener.port())
                .collect(Collectors.joining("   ")));
    }

    private void store() {
        StatusReport.Store store = report.store();
        section(
                "store",
                bytes(store.fileBytes()) + " on disk   " + count(store.commits()) + " commits   "
                        + bytes(store.bytesWritten()) + " written");
    }

    private void sensors() {
        List<List<String>> rows = new ArrayList<>();
        for (StatusReport.Sensor sensor : report.sensors()) {
            rows.add(List.of(sensor.id(), sensor.driver(), word(sensor.state()), age(sensor.ageSeconds())));
        }
        int[] widths = new int[4];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            StatusReport.Sensor sensor = report.sensors().get(i);
            List<String> row = rows.get(i);
            Paint paint = switch (sensor.state()) {
                case GOOD -> Paint.GOOD;
                case STALE -> Paint.UNEASY;
                case FAILED -> Paint.BAD;
            };
            String line = pad(row.get(0), widths[0]) + "  " + pad(row.get(1), widths[1]) + "  "
                    + paint(paint, pad(row.get(2), widths[2])) + "  " + pad(row.get(3), widths[3]) + "  "
                    + saying(sensor);
            if (i == 0) {
                section("sensors", line);
            } else {
                more(line);
            }
        }
    }

    private static String saying(StatusReport.Sensor sensor) {
        String values = sensor.values().stream()
                .map(value -> value.name() + " " + value(value))
                .collect(Collectors.joining(", "));
        String error = sensor.error();
        return error == null ? values : printable(error) + (values.isEmpty() ? "" : "; last " + values);
    }

    /** With SenML's unit symbol, but bytes, ratios and long durations as people write them. */
    static String value(StatusReport.Value value) {
        double number = value.value();
        return switch (value.unit()) {
            case "B" -> bytes(Math.round(number));
            case "/" -> number(Math.round(number * 1000) / 10.0) + "%";
            case "s" -> number >= 60 ? duration(Math.round(number)) : number(number) + " s";
            default -> (number(number) + " " + value.unit()).strip();
        };
    }

    private static String word(StatusReport.SensorState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String age(@Nullable Long seconds) {
        return seconds == null ? "" : duration(seconds);
    }

    private void section(String name, String line) {
        text.append(paint(Paint.BOLD, pad(name, MARGIN.length())))
                .append(line.stripTrailing())
                .append('\n');
    }

    private void more(String line) {
        text.append(MARGIN).append(line.stripTrailing()).append('\n');
    }

    private String dropped(long number) {
        String said = count(number) + " dropped";
        return number == 0 ? said : paint(Paint.BAD, said);
    }

    private String paint(Paint paint, String said) {
        return colour ? "\u001b[" + paint.code + "m" + said + "\u001b[0m" : said;
    }

    private static String pad(String said, int width) {
        return said + " ".repeat(Math.max(0, width - said.length()));
    }

    /** Whatever a driver or a platform said must not steer the terminal. */
    private static String printable(String said) {
        return said.replaceAll("\\p{Cntrl}", " ");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String number(double value) {
        String said = String.format(Locale.ROOT, "%.3f", value);
        return said.contains(".") ? said.replaceAll("\\.?0+$", "") : said;
    }

    static String bytes(long bytes) {
        String[] units = {"B", "KB", "MB", "GB", "TB"};
        double scaled = bytes;
        int unit = 0;
        while (scaled >= 1024 && unit < units.length - 1) {
            scaled /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || scaled >= 100 ? "%.0f %s" : "%.1f %s", scaled, units[unit]);
    }

    /** In its two largest units. */
    static String duration(long seconds) {
        long[] sizes = {86_400, 3600, 60, 1};
        String[] units = {"d", "h", "m", "s"};
        for (int i = 0; i < sizes.length - 1; i++) {
            if (seconds >= sizes[i]) {
                long rest = seconds % sizes[i] / sizes[i + 1];
                return seconds / sizes[i] + units[i] + (rest == 0 ? "" : " " + rest + units[i + 1]);
            }
        }
        return seconds + "s";
    }
}
