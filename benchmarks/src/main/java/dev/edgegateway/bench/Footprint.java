package dev.edgegateway.bench;

import dev.edgegateway.bench.load.ClosedLoop;
import dev.edgegateway.bench.load.Extent;
import dev.edgegateway.bench.load.Shape;
import dev.edgegateway.bench.load.Throughput;
import dev.edgegateway.bench.peer.GatewayProcess;
import dev.edgegateway.bench.peer.GatewayProcess.Setup;
import dev.edgegateway.bench.peer.Memory;
import dev.edgegateway.bench.peer.Mosquitto;
import dev.edgegateway.bench.peer.Peer;
import dev.edgegateway.bench.peer.PeerException;
import dev.edgegateway.bench.report.Machine;
import dev.edgegateway.bench.report.Spread;
import dev.edgegateway.bench.report.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Targets Z1 and Z4: what the gateway holds in memory, and how long it takes to answer its first client. */
@Command(
        name = "footprint",
        mixinStandardHelpOptions = true,
        description = "Resident memory when idle, and process start to the first CONNACK: targets Z1 and Z4.")
final class Footprint implements Callable<Integer> {
    private static final int QUEUED_PAYLOAD = 1000;
    private static final int PUBLISHERS = 10;
    private static final Duration STALL = Duration.ofMinutes(1);
    private static final long Z1_MEGABYTES = 96;
    private static final Duration Z4 = Duration.ofSeconds(1);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--idle", defaultValue = "60", description = "Seconds before memory is read (${DEFAULT-VALUE}).")
    private int idle;

    @Option(names = "--starts", defaultValue = "10", description = "Starts of each kind (${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--queued-mb",
            defaultValue = "100",
            description = "Payload queued on disk before the SIGKILL after which starts are measured too, in MB of"
                    + " 1,000,000 bytes; the target says 1000 (${DEFAULT-VALUE}).")
    private int queuedMegabytes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String machine = Machine.describe();
        PrintWriter out = out();
        Table memory = new Table("Process", "State", "RSS MB", "PSS MB", "anonymous MB", "file MB", "wanted", "");
        Table start = new Table("Process", "Start", "median s", "max s", "starts", "wanted", "");
        try (Workspace workspace = Workspace.open()) {
            GatewayProcess gateway = workspace.gateway("idle", Setup.EXAMPLE, List.of());
            GatewayProcess withoutCache =
                    workspace.gateway("no-cache", Setup.EXAMPLE, List.of(GatewayProcess.WITHOUT_AOT_CACHE));
            gateway.prepare();
            Supplier<Peer> mosquitto =
                    () -> Mosquitto.start(workspace.directory().resolve("mosquitto"));

            say("idle for " + idle + " s ...");
            memory.add(idle("gateway", gateway::start, Z1_MEGABYTES));
            memory.add(idle("mosquitto", mosquitto, 0));
            say("starting " + starts + " times each ...");
            start.add(row("gateway", "with AOT cache", clean(gateway::start), true));
            start.add(row("gateway", "without AOT cache", clean(withoutCache::start), false));
            start.add(row("mosquitto", "", clean(mosquitto), false));
            if (queuedMegabytes > 0) {
                GatewayProcess full = workspace.gateway("full", Setup.EXAMPLE, List.of());
                afterKill(full, memory, start);
            }
        }
        out.println(memory);
        out.println(start);
        out.println("Peer: " + Mosquitto.version() + ".");
        out.println("Machine: " + machine + ".");
        out.flush();
        return 0;
    }

    /** Memory after some time without work. */
    private List<String> idle(String name, Supplier<Peer> starter, long limit) throws InterruptedException {
        try (Peer peer = starter.get()) {
            Thread.sleep(Duration.ofSeconds(idle));
            return row(name, "idle for " + idle + " s", peer.memory(), limit);
        }
    }

    private Spread clean(Supplier<Peer> starter) {
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            try (Peer peer = starter.get()) {
                times.add(peer.firstConnack());
            }
        }
        return new Spread(times);
    }

    /** Fills the queue, kills the gateway, and then starts and kills it again and again. */
    private void afterKill(GatewayProcess gateway, Table memory, Table start) throws IOException {
        long messages = queuedMegabytes * 1_000_000L / QUEUED_PAYLOAD;
        say("queueing " + queuedMegabytes + " MB ...");
        try (Peer first = gateway.start()) {
            Throughput filled = ClosedLoop.run(
                    first.address(),
                    Shape.of(PUBLISHERS, 1, QUEUED_PAYLOAD, 1),
                    new Extent.Counted(messages / PUBLISHERS),
                    first::cpuNanos,
                    STALL);
            if (!filled.isValid()) {
                throw new PeerException("the queue could not be filled: " + String.join("; ", filled.problems()));
            }
            memory.add(row(
                    "gateway",
                    String.format(Locale.ROOT, "%,d messages just queued", filled.sent()),
                    first.memory(),
                    0));
            first.kill();
        }
        long fileMegabytes = bytesIn(gateway.data()) / 1_000_000;
        say("starting " + starts + " times with that queue, after SIGKILL ...");
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            try (Peer peer = gateway.start()) {
                times.add(peer.firstConnack());
                peer.kill();
            }
        }
        String what =
                String.format(Locale.ROOT, "after SIGKILL, %d MB queued (%d MB file)", queuedMegabytes, fileMegabytes);
        start.add(row("gateway", what, new Spread(times), true));
    }

    private static long bytesIn(Path directory) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    /** @param limit of the RSS in megabytes, 0 without one. */
    private static List<String> row(String name, String state, Memory memory, long limit) {
        return List.of(
                name,
                state,
                megabytes(memory.rss()),
                megabytes(memory.pss()),
                megabytes(memory.pssAnonymous()),
                megabytes(memory.pssFile()),
                limit == 0 ? "" : "at most " + limit,
                limit == 0 ? "" : memory.rss() <= limit * 1024 ? "met" : "**not met**");
    }

    private static List<String> row(String name, String kind, Spread times, boolean wanted) {
        return List.of(
                name,
                kind,
                Spread.seconds(times.median()),
                Spread.seconds(times.max()),
                Integer.toString(times.durations().size()),
                wanted ? "at most " + Spread.seconds(Z4) : "",
                wanted ? times.median().compareTo(Z4) <= 0 ? "met" : "**not met**" : "");
    }

    private static String megabytes(long kilobytes) {
        return String.format(Locale.ROOT, "%.1f", kilobytes / 1024.0);
    }

    private void say(String what) {
        CommandSpec known = spec;
        if (known != null) {
            known.commandLine().getErr().println(what);
            known.commandLine().getErr().flush();
        }
    }

    private PrintWriter out() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("called without a command line");
        }
        return known.commandLine().getOut();
    }
}
