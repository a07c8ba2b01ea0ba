package dev.edgegateway.demo.screen;

import dev.edgegateway.demo.screen.Snapshot.Device;
import java.util.List;
import java.util.Locale;

/**
 * The path as a picture: sensors and devices, gateway with its queue, uplink, platform; below them a table of the devices
 * and what happened last.
 */
public final class Picture {
    private static final int BOX_ROWS = 9;
    private static final int LEFT_WIDTH = 23;
    private static final int RIGHT_WIDTH = 19;
    private static final int ARROW_WIDTH = 4;
    private static final int WIRE_WIDTH = 9;
    private static final int MIN_COLUMNS = 60;
    private static final int MAX_COLUMNS = 120;
    private static final int EVENT_ROWS = 4;

    private final Snapshot snapshot;
    private final int columns;
    private final int rows;
    private final Canvas canvas;

    private Picture(Snapshot snapshot, int columns, int rows) {
        this.snapshot = snapshot;
        this.columns = Math.min(columns, MAX_COLUMNS);
        this.rows = rows;
        this.canvas = new Canvas(columns, rows);
    }

    /**
     * Draws.
     *
     * @return as many lines as there are rows, none longer than the columns (escape sequences aside).
     */
    public static List<String> draw(Snapshot snapshot, int columns, int rows, boolean colour, boolean ascii) {
        var picture = new Picture(snapshot, columns, rows);
        picture.headline();
        if (columns >= MIN_COLUMNS && rows > BOX_ROWS + EVENT_ROWS) {
            picture.path();
            picture.below(BOX_ROWS + 1);
        } else {
            picture.below(1);
        }
        return picture.canvas.lines(colour, ascii);
    }

    private void headline() {
        canvas.put(1, 0, "edge-gateway demo", Ink.BOLD);
        canvas.put(20, 0, snapshot.phase(), Ink.FLOW);
        String time =
                Words.seconds(snapshot.elapsed()) + " of " + snapshot.total().toSeconds() + " s";
        canvas.putRight(columns - 1, 0, time + "   seed " + snapshot.seed(), Ink.DIM);
    }

    private void path() {
        int gateway = LEFT_WIDTH + ARROW_WIDTH;
        int gatewayWidth = columns - LEFT_WIDTH - ARROW_WIDTH - WIRE_WIDTH - RIGHT_WIDTH;
        sources();
        int middle = 1 + BOX_ROWS / 2;
        boolean flowing = snapshot.acknowledgedPerSecond() > 0;
        canvas.put(LEFT_WIDTH, middle, flowing ? "──▶" : "── ", flowing ? Ink.FLOW : Ink.DIM);
        gateway(gateway, gatewayWidth);
        wire(gateway + gatewayWidth, middle);
        platform(columns - RIGHT_WIDTH);
    }

    private void sources() {
        canvas.box(0, 1, LEFT_WIDTH, BOX_ROWS, "sensors, devices");
        int row = 2;
        for (Snapshot.Sensor sensor : snapshot.sensors()) {
            if (row <= 5) {
                canvas.put(2, row, Words.fit(sensor.kind(), 7), Ink.DIM);
                canvas.put(10, row, Words.fit(sensor.last(), LEFT_WIDTH - 12));
                row++;
            }
        }
        for (String kind :
                snapshot.devices().stream().map(Device::kind).distinct().toList()) {
            if (row <= 7) {
                var devices = snapshot.devices().stream()
                        .filter(device -> device.kind().equals(kind))
                        .toList();
                long connected = devices.stream().filter(Device::connected).count();
                canvas.put(2, row, kind, Ink.DIM);
                canvas.put(
                        11,
                        row,
                        connected + "/" + devices.size() + " here",
                        connected == devices.size() ? Ink.GOOD : Ink.WARN);
                row++;
            }
        }
        labelled(2, LEFT_WIDTH - 2, 8, "acked", Words.perSecond(snapshot.acknowledgedPerSecond()), Ink.FLOW);
    }

    private void gateway(int column, int width) {
        Snapshot.Gateway gateway = snapshot.gateway();
        canvas.box(column, 1, width, BOX_ROWS, "gateway");
        int left = column + 2;
        int right = column + width - 2;
        if (gateway.pid() == 0) {
            labelled(left, right, 2, "process", "none", Ink.BAD);
        } else if (!gateway.answering()) {
            labelled(left, right, 2, "starting", "pid " + gateway.pid(), Ink.WARN);
        } else {
            labelled(left, right, 2, "running", "pid " + gateway.pid(), Ink.GOOD);
        }
        labelled(left, right, 3, "starts", Integer.toString(gateway.starts()), Ink.PLAIN);
        labelled(
                left,
                right,
                4,
                "memory",
                gateway.residentBytes() == 0 ? "-" : Words.mebibytes(gateway.residentBytes()),
                Ink.PLAIN);
        labelled(left, right, 5, "clients", gateway.answering() ? "" + gateway.clients() : "-", Ink.PLAIN);
        labelled(
                left,
                right,
                6,
                "queue",
                gateway.answering() ? Words.count(gateway.queued()) : "-",
                gateway.queued() > 0 ? Ink.WARN : Ink.GOOD);
        bar(left, right, 7, gateway.queued(), gateway.mostQueued());
        labelled(left, right, 8, "oldest", gateway.answering() ? Words.seconds(gateway.oldest()) : "-", Ink.PLAIN);
    }

    /** How full the queue is, measured by the most it ever held. */
    private void bar(int left, int right, int row, long queued, long most) {
        int width = right - left;
        int full = most <= 0 ? 0 : (int) Math.min(width, Math.ceilDiv(queued * width, most));
        canvas.put(left, row, "█".repeat(Math.max(0, full)), Ink.WARN);
        canvas.put(left + full, row, "░".repeat(Math.max(0, width - full)), Ink.DIM);
    }

    private void wire(int column, int row) {
        switch (snapshot.uplink().wire()) {
            case CONNECTED -> {
                canvas.put(column, row - 1, "  uplink ", Ink.DIM);
                canvas.put(column, row, "───────▶ ", Ink.FLOW);
                canvas.put(column, row + 1, centred(Words.perSecond(snapshot.deliveredPerSecond())), Ink.FLOW);
            }
            case IDLE -> {
                canvas.put(column, row - 1, "  uplink ", Ink.DIM);
                canvas.put(column, row, "─ ─ ─ ─  ", Ink.WARN);
                canvas.put(column, row + 1, centred("joining"), Ink.WARN);
            }
            case CUT -> {
                canvas.put(column, row - 1, "   CUT   ", Ink.BAD);
                canvas.put(column, row, "───╳ ─── ", Ink.BAD);
                canvas.put(
                        column, row + 1, centred(Words.seconds(snapshot.uplink().cutFor())), Ink.BAD);
            }
        }
    }

    private void platform(int column) {
        Snapshot.Application application = snapshot.application();
        canvas.box(column, 1, RIGHT_WIDTH, BOX_ROWS, "platform");
        int left = column + 2;
        int right = column + RIGHT_WIDTH - 2;
        canvas.put(left, 2, "application", Ink.DIM);
        labelled(left, right, 3, "events", Words.count(application.delivered()), Ink.PLAIN);
        labelled(left, right, 4, "delay", Words.seconds(application.delay()), Ink.PLAIN);
        canvas.put(left, 6, "commands", Ink.DIM);
        labelled(left, right, 7, "sent", Words.count(application.commandsSent()), Ink.PLAIN);
        labelled(left, right, 8, "received", Words.count(application.commandsReceived()), Ink.PLAIN);
    }

    private void below(int firstRow) {
        int eventRows = Math.min(EVENT_ROWS, Math.max(0, rows - firstRow - 1));
        int deviceRows = rows - firstRow - eventRows - 2;
        if (deviceRows > 0) {
            devices(firstRow, deviceRows);
        }
        List<Snapshot.Event> events = snapshot.events();
        int shown = Math.min(eventRows, events.size());
        for (int i = 0; i < shown; i++) {
            Snapshot.Event event = events.get(events.size() - shown + i);
            int row = rows - eventRows + i;
            canvas.putRight(9, row, Words.seconds(event.at()), Ink.DIM);
            canvas.put(11, row, Words.fit(event.text(), columns - 12));
        }
    }

    /** The table: a head, and as many devices as there is room for, the rest in one line of sums. */
    private void devices(int headRow, int room) {
        canvas.put(
                1,
                headRow,
                String.format(
                        Locale.ROOT,
                        "%-13s %-8s %3s %9s %7s %9s %5s %6s %5s",
                        "device",
                        "speaks",
                        "QoS",
                        "acked",
                        "open",
                        "arrived",
                        "twice",
                        "disord",
                        "cmds"),
                Ink.DIM);
        List<Device> devices = snapshot.devices();
        int shown = devices.size() <= room ? devices.size() : room - 1;
        for (int i = 0; i < shown; i++) {
            device(headRow + 1 + i, devices.get(i));
        }
        if (shown < devices.size()) {
            List<Device> rest = devices.subList(Math.max(0, shown), devices.size());
            device(headRow + 1 + Math.max(0, shown), sum(rest));
        }
    }

    private void device(int row, Device device) {
        boolean wrong = device.outOfOrder() > 0 && device.qos() > 0;
        String qos = device.qos() < 0 ? "" : Integer.toString(device.qos());
        canvas.put(
                1,
                row,
                String.format(
                        Locale.ROOT,
                        "%-13s %-8s %3s %9s %7s %9s %5d %6d %5d",
                        Words.fit(device.id(), 13),
                        device.kind(),
                        qos,
                        Words.count(device.acknowledged()),
                        Words.count(device.open()),
                        Words.count(device.delivered()),
                        device.duplicates(),
                        device.outOfOrder(),
                        device.commands()),
                wrong ? Ink.BAD : device.connected() ? Ink.PLAIN : Ink.WARN);
    }

    private static Device sum(List<Device> devices) {
        return new Device(
                devices.size() + " more",
                "",
                -1,
                devices.stream().allMatch(Device::connected),
                devices.stream().mapToLong(Device::acknowledged).sum(),
                devices.stream().mapToLong(Device::open).sum(),
                devices.stream().mapToLong(Device::delivered).sum(),
                devices.stream().mapToLong(Device::duplicates).sum(),
                devices.stream().mapToLong(Device::outOfOrder).sum(),
                devices.stream().mapToLong(Device::commands).sum());
    }

    private void labelled(int left, int right, int row, String label, String value, Ink ink) {
        canvas.put(left, row, label, Ink.DIM);
        canvas.putRight(right, row, value, ink);
    }

    private static String centred(String text) {
        return " ".repeat(Math.max(0, (WIRE_WIDTH - 1 - text.length()) / 2)) + Words.fit(text, WIRE_WIDTH - 1);
    }
}
