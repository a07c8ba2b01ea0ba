package dev.edgegateway.bench;

import dev.edgegateway.bench.load.Shape;
import dev.edgegateway.bench.peer.Mosquitto;
import dev.edgegateway.bench.peer.Peer;
import dev.edgegateway.bench.report.Comparison;
import dev.edgegateway.bench.report.Figures;
import dev.edgegateway.bench.report.Machine;
import dev.edgegateway.bench.report.Metric;
import dev.edgegateway.bench.report.Scenario;
import dev.edgegateway.bench.report.Table;
import dev.edgegateway.bench.report.Target;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Targets S1 to S7: the broker beside Mosquitto, scenario by scenario, in rounds. */
@Command(
        name = "speed",
        mixinStandardHelpOptions = true,
        description = "Throughput, CPU per message and latency beside Mosquitto: targets S1 to S7.")
final class Speed implements Callable<Integer> {
    private static final int NOT_COUNTED = 1;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--seconds", defaultValue = "5", description = "Measured part of each run (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "1", description = "Seconds before it (${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--rounds", defaultValue = "3", description = "Runs of each scenario and peer (${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--only", split = ",", description = "Targets to look at, for example S1,S2 (all).")
    private Set<String> only = Set.of();

    @Option(
            names = "--window",
            defaultValue = "100",
            description = "Messages a publisher has in flight at QoS 1 and 2, and four times as many at QoS 0, at most"
                    + " (${DEFAULT-VALUE}).")
    private int window;

    @Option(
            names = "--refill",
            defaultValue = "0",
            description = "Messages a publisher may send before it does (a quarter of what it may have in flight).")
    private int refill;

    @Option(names = "--payload", defaultValue = "100", description = "Bytes of each message (${DEFAULT-VALUE}).")
    private int payload;

    @Option(names = "--jvm-option", description = "Further option for the JVM of the gateway; may be repeated.")
    private List<String> jvmOptions = List.of();

    @Override
    public Integer call() {
        Set<Scenario> scenarios = scenarios();
        PrintWriter out = commandLine().getOut();
        PrintWriter progress = commandLine().getErr();
        String machine = Machine.describe();
        Map<Scenario, Comparison> comparisons = new EnumMap<>(Scenario.class);
        boolean allCount = true;
        Others others = new Others();
        try (Workspace workspace = Workspace.open();
                SpeedPeers peers = new SpeedPeers(workspace, scenarios, jvmOptions)) {
            // A round that is not counted: by its end each JVM has compiled what matters.
            for (int round = 0; round <= rounds; round++) {
                for (Scenario scenario : scenarios) {
                    Turn turn = turn(scenario);
                    Peer gateway = peers.gateway(scenario);
                    boolean ownFirst = round % 2 == 0;
                    Figures first = others.during(turn, ownFirst ? gateway : peers.mosquitto());
                    Figures second = others.during(turn, ownFirst ? peers.mosquitto() : gateway);
                    Figures own = ownFirst ? first : second;
                    Figures peer = ownFirst ? second : first;
                    say(progress, scenario, round, gateway, own);
                    say(progress, scenario, round, peers.mosquitto(), peer);
                    if (round > 0) {
                        allCount &= comparisons
                                .computeIfAbsent(scenario, s -> new Comparison())
                                .add(own, peer);
                    }
                }
            }
            out.println(table(comparisons));
            memory(out, scenarios, peers);
            if (scenarios.contains(Scenario.DURABLE)) {
                out.printf(
                        Locale.ROOT,
                        "Disk: to write 16 KiB and sync takes %.2f ms.%n",
                        workspace.syncTime().toNanos() / 1e6);
            }
        }
        out.printf(
                Locale.ROOT,
                "Median of %d rounds of %d s; %d bytes of payload, window %d.%n",
                rounds,
                seconds,
                payload,
                window);
        out.println("Peer: " + Mosquitto.version() + ".");
        out.println("Machine: " + machine + ".");
        out.printf(Locale.ROOT, "Other processes kept %.1f cores busy meanwhile.%n", others.cores());
        if (!allCount) {
            out.println("Some runs were invalid and are not in the table: see above.");
        }
        out.flush();
        return allCount ? 0 : NOT_COUNTED;
    }

    private static void memory(PrintWriter out, Set<Scenario> scenarios, SpeedPeers peers) {
        Set<Peer> all = new LinkedHashSet<>();
        scenarios.forEach(scenario -> all.add(peers.gateway(scenario)));
        all.add(peers.mosquitto());
        out.println(all.stream()
                .map(peer -> peer.name() + " " + peer.memory().rss() / 1024 + " MB")
                .collect(Collectors.joining(", ", "Resident afterwards: ", ".")));
    }

    private Turn turn(Scenario scenario) {
        Shape shape = scenario.shape().withPayload(payload).withWindow(window);
        return new Turn(
                scenario,
                refill == 0 ? shape : shape.withRefill(refill),
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds));
    }

    private Set<Scenario> scenarios() {
        Set<Scenario> chosen = EnumSet.allOf(Scenario.class);
        if (only.isEmpty()) {
            return chosen;
        }
        Set<String> known = new TreeSet<>();
        chosen.forEach(scenario -> scenario.targets().forEach(target -> known.add(target.id())));
        if (!known.containsAll(only)) {
            throw new ParameterException(commandLine(), "--only takes " + String.join(", ", known));
        }
        return chosen.stream()
                .filter(scenario -> scenario.targets().stream().anyMatch(target -> only.contains(target.id())))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scenario.class)));
    }

    private static Table table(Map<Scenario, Comparison> comparisons) {
        Table table = new Table("Target", "Load", "Figure", "gateway", "mosquitto", "ratio", "wanted", "");
        comparisons.forEach((scenario, comparison) -> {
            for (Target target : scenario.targets()) {
                table.add(comparison.row(target));
            }
        });
        return table;
    }

    private static void say(PrintWriter progress, Scenario scenario, int round, Peer peer, Figures figures) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-7s %-24s %-10s",
                round == 0 ? "warm-up" : "round " + round,
                scenario.title(),
                peer.name()));
        for (Metric metric : Metric.values()) {
            if (figures.values().containsKey(metric)) {
                line.append(String.format(Locale.ROOT, " %9s %s", metric.text(figures.value(metric)), metric.unit()));
            }
        }
        if (figures.generatorLoad() > 0) {
            line.append(String.format(Locale.ROOT, "  generator %.0f %%", 100 * figures.generatorLoad()));
        }
        if (!figures.isValid()) {
            line.append("  INVALID: ").append(String.join("; ", figures.problems()));
        }
        progress.println(line);
        progress.flush();
    }

    private picocli.CommandLine commandLine() {
        CommandSpec known = spec;
        if (known == null) {
            throw new IllegalStateException("called without a command line");
        }
        return known.commandLine();
    }
}
