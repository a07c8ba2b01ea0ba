package dev.edgegateway.demo;

import dev.edgegateway.demo.client.DeviceSpec;
import dev.edgegateway.demo.client.Fleet;
import dev.edgegateway.demo.client.ParentLine;
import dev.edgegateway.demo.client.Report;
import dev.edgegateway.demo.client.ReportLine;
import dev.edgegateway.demo.screen.Screen;
import dev.edgegateway.demo.screen.Words;
import dev.edgegateway.gateway.rehearsal.SeverableProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demonstration, top to bottom. {@link #run} is for one thread; {@link #close} may be called from any, at
 * any time, and ends every process that was started.
 */
final class Rehearsal implements AutoCloseable {
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** How long nothing may move while the path drains, before what is missing counts as missing. */
    private static final Duration STALL_PATIENCE = Duration.ofSeconds(30);

    /** Repeats that are still on their way when everything has arrived are waited for this long. */
    private static final Duration AFTERMATH = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(50);

    private final DemoOptions options;
    private final WorkFolder folder;
    private final Screen screen;
    private final Stopwatch stopwatch = new Stopwatch();
    private final EventLog events;
    private final List<DeviceSpec> fleet;
    private final Books books;
    private final List<Duration> comebacks = new ArrayList<>();

    // Only the thread of run uses these.
    private int kills;
    private long killedAtNanos;
    private long connectionsAtKill;

    /** Closed in reverse. Guarded by itself. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private boolean closed;

    Rehearsal(DemoOptions options, WorkFolder folder, Screen screen, EventLog events) {
        this.options = options;
        this.folder = folder;
        this.screen = screen;
        this.events = events;
        this.fleet = Fleet.of(options.devices(), options.rate());
        this.books = new Books(fleet);
    }

    /**
     * Runs it to the end.
     *
     * @throws DemoException if a part does not start, or ends by itself.
     */
    Outcome run() throws InterruptedException {
        Tokens tokens = Tokens.make(folder);
        var emulator = new EmulatorProcess(folder, tokens);
        own(emulator);
        int platformPort = emulator.awaitPort(START_PATIENCE);
        tell("the platform emulator is ready, pid " + emulator.pid());

        SeverableProxy uplink = own(SeverableProxy.open(new InetSocketAddress("127.0.0.1", platformPort)));
        SerialFeed serial = own(new SerialFeed(options.seed()));
        int port = freePort();
        Path config = folder.write(
                "gateway.toml", new GatewayToml(port, uplink.port(), tokens.gateway(), serial.port()).text());
        var gateway = own(new GatewayProcess(
                Java.ofGateway(List.of("run", "--config", config.toString())), folder.resolve("gateway.log")));
        gateway.start();
        Watch watch = own(new Watch(
                options,
                new Watch.Path(
                        books,
                        gateway,
                        uplink,
                        new ControlProbe(folder.resolve("data").resolve("edge-gateway.sock"))),
                screen,
                stopwatch,
                events));
        await("the gateway listens", START_PATIENCE, gateway::requireAlive, () -> accepts(port));
        tell("the gateway is ready, pid " + gateway.pid());

        ChildProcess application = own(client("application", platformPort, tokens.application()));
        // What arrives before somebody has asked for it is nobody's: the platform does not keep events.
        await(
                "the application is connected",
                START_PATIENCE,
                application::requireAlive,
                () -> books.isConnected(EmulatorProcess.APPLICATION));
        ChildProcess devices = own(client("lan-devices", port, null));
        Runnable check = () -> {
            emulator.requireAlive();
            gateway.requireAlive();
            application.requireAlive();
            devices.requireAlive();
            noticeComeback(gateway);
        };
        await("all devices are connected", START_PATIENCE, check, () -> books.connections() >= fleet.size());
        stopwatch.start();
        watch.phase("publishing");
        tell(fleet.size() + " devices publish, " + Words.perSecond(options.rate()) + " together");

        for (Timetable.Step step : Timetable.of(options).steps()) {
            waitUntil(step.at(), check);
            perform(step.action(), uplink, gateway, watch);
        }
        waitUntil(Duration.ofSeconds(options.seconds()), check);
        devices.send(ParentLine.STOP);
        application.send(ParentLine.STOP);
        watch.phase("draining");
        tell("the devices have stopped; what is queued drains");
        Duration drained = drain(check);
        return outcome(watch, gateway, drained);
    }

    /** Ends everything, the newest first. Idempotent. */
    @Override
    public void close() {
        while (true) {
            AutoCloseable part;
            synchronized (parts) {
                closed = true;
                part = parts.pollFirst();
            }
            if (part == null) {
                return;
            }
            try {
                part.close();
            } catch (Exception e) {
                tell("could not be ended: " + e);
            }
        }
    }

    private void perform(Timetable.Action action, SeverableProxy uplink, GatewayProcess gateway, Watch watch)
            throws InterruptedException {
        switch (action) {
            case CUT -> {
                watch.cut();
                uplink.sever();
                tell("the uplink is CUT for " + options.outageSeconds() + " s");
            }
            case HEAL -> {
                uplink.heal();
                tell("the uplink is whole again");
            }
            case KILL -> kill(gateway, watch);
        }
    }

    /** Ends the gateway and starts it again at once; {@link #noticeComeback} tells when it serves again. */
    private void kill(GatewayProcess gateway, Watch watch) throws InterruptedException {
        String queued =
                watch.health().map(health -> Words.count(health.queued())).orElse("some");
        long pid = gateway.pid();
        gateway.kill();
        killedAtNanos = System.nanoTime();
        connectionsAtKill = books.connections();
        kills++;
        tell("the gateway, pid " + pid + ", was KILLED with " + queued + " messages queued");
        gateway.start();
    }

    private void noticeComeback(GatewayProcess gateway) {
        if (killedAtNanos != 0 && books.connections() > connectionsAtKill) {
            Duration comeback = Duration.ofNanos(System.nanoTime() - killedAtNanos);
            killedAtNanos = 0;
            comebacks.add(comeback);
            tell("the gateway is back after " + Words.seconds(comeback) + ", pid " + gateway.pid());
        }
    }

    /** Waits until everything is where it belongs, or nothing has moved for too long. */
    private Duration drain(Runnable check) throws InterruptedException {
        long start = System.nanoTime();
        long progress = books.progress();
        long movedAt = start;
        while (!books.settled()) {
            check.run();
            pause(LOOK);
            long now = System.nanoTime();
            if (books.progress() != progress) {
                progress = books.progress();
                movedAt = now;
            } else if (now - movedAt > STALL_PATIENCE.toNanos()) {
                tell("nothing has moved for " + STALL_PATIENCE.toSeconds() + " s");
                return Duration.ofNanos(now - start);
            }
        }
        Duration drained = Duration.ofNanos(System.nanoTime() - start);
        tell("all has arrived, " + Words.seconds(drained) + " after the devices stopped");
        pause(AFTERMATH);
        return drained;
    }

    private Outcome outcome(Watch watch, GatewayProcess gateway, Duration drained) {
        return new Outcome(
                options,
                books.balance(),
                kills,
                comebacks,
                books.unfinished(),
                watch.mostQueued(),
                gateway.mostResidentBytes(),
                drained,
                Watch.sensors(books).stream()
                        .map(sensor -> new Outcome.Sensor(sensor.id(), sensor.kind(), sensor.said()))
                        .toList());
    }

    private ChildProcess client(String subcommand, int port, @Nullable Path tokenFile) {
        var arguments = new ArrayList<>(List.of(
                subcommand,
                "--port=" + port,
                "--devices=" + options.devices(),
                "--rate=" + options.rate(),
                "--seed=" + options.seed()));
        if (tokenFile != null) {
            arguments.add("--token-file=" + tokenFile);
        }
        return ChildProcess.start(
                subcommand,
                Java.ofDemo("96m", Main.class.getName(), arguments),
                Map.of(),
                folder.resolve(subcommand + ".log"),
                line -> ReportLine.read(line).ifPresent(this::accept));
    }

    private void accept(Report report) {
        books.accept(report);
    }

    private void tell(String text) {
        events.add(stopwatch.elapsed(), text);
    }

    private void waitUntil(Duration at, Runnable check) throws InterruptedException {
        while (stopwatch.elapsed().compareTo(at) < 0) {
            check.run();
            Duration left = at.minus(stopwatch.elapsed());
            pause(left.compareTo(LOOK) < 0 ? left : LOOK);
        }
    }

    private void await(String what, Duration patience, Runnable check, BooleanSupplier happened)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!happened.getAsBoolean()) {
            check.run();
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException("It did not come to this within " + patience.toSeconds() + " s: " + what);
            }
            pause(Duration.ofMillis(10));
        }
    }

    private static void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.isNegative() ? Duration.ZERO : duration);
    }

    /** @throws DemoException if the end has come meanwhile; the part is closed then. */
    private <T extends AutoCloseable> T own(T part) {
        synchronized (parts) {
            if (!closed) {
                parts.addFirst(part);
                return part;
            }
        }
        try {
            part.close();
        } catch (Exception e) {
            tell("could not be ended: " + e);
        }
        throw new DemoException("The demo was ended");
    }

    /** A port nobody listens on; the gateway needs the same one after every start. */
    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback", e);
        }
    }

    private static boolean accepts(int port) {
        try (var socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
