package dev.edgegateway.demo;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code edge-gateway demo}. */
@Command(
        name = "edge-gateway demo",
        sortOptions = false,
        usageHelpAutoWidth = true,
        customSynopsis = "edge-gateway demo [OPTIONS]",
        description = {
            "Shows the whole path in real processes: sensors and devices, the gateway, a platform and an application."
                    + " Half way the uplink is cut for a while, and the gateway is ended with SIGKILL while messages are"
                    + " arriving. At the end a certificate says what became of every message.",
            ""
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:everything acknowledged arrived, in the order of its device",
            " 1:something was lost, misordered or misdelivered, or the demo could not run",
            " 2:the options cannot be followed"
        },
        subcommands = {LanDevicesCommand.class, ApplicationCommand.class})
public final class Main implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long the devices publish (default: ${DEFAULT-VALUE}).")
    private int seconds = 45;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Messages per second of all devices together (default: 200).")
    private double rate = 200;

    @Option(names = "--devices", paramLabel = "N", description = "How many devices (default: ${DEFAULT-VALUE}).")
    private int devices = 6;

    @Option(
            names = "--outage",
            paramLabel = "SECONDS",
            description = "How long the uplink is cut, half way; 0 for never (default: ${DEFAULT-VALUE}).")
    private int outage = 10;

    @Option(
            names = "--kills",
            paramLabel = "N",
            description = "How often the gateway is killed (default: ${DEFAULT-VALUE}).")
    private int kills = 1;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the moments of the kills and all that is random (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--json",
            description = "Print the result as one JSON object on standard output, all else on standard error.")
    private boolean json;

    @Option(names = "--keep", description = "Keep the working folder: configuration, store, logs.")
    private boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    private boolean help;

    /** Runs the program. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** With complaints about options as they are, and where to read more, instead of the whole help. */
    static CommandLine commandLine() {
        return new CommandLine(new Main()).setParameterExceptionHandler((complaint, args) -> {
            var err = complaint.getCommandLine().getErr();
            String.valueOf(complaint.getMessage()).lines().forEach(line -> err.println("edge-gateway demo: " + line));
            err.println("What can be asked for: edge-gateway demo --help");
            return CommandLine.ExitCode.USAGE;
        });
    }

    @Override
    public Integer call() throws InterruptedException {
        var options = new DemoOptions(seconds, rate, devices, outage, kills, seed, json, keep);
        var problems = options.problems();
        if (!problems.isEmpty() && spec != null) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), problems));
        }
        return new Performance(options).run();
    }
}
