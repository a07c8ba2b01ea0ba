package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.PeerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code benchmarks/run}. */
@Command(
        name = "benchmarks/run",
        mixinStandardHelpOptions = true,
        description = "Measures the gateway beside its peers, on this machine.",
        subcommands = {Speed.class, Footprint.class})
final class Main {
    private Main() {}

    public static void main(String[] args) {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof PeerException) {
                command.getErr().println("benchmarks: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        System.exit(args.length == 0 ? usage(commandLine) : commandLine.execute(args));
    }

    private static int usage(CommandLine commandLine) {
        commandLine.usage(commandLine.getErr());
        return commandLine.getCommandSpec().exitCodeOnInvalidInput();
    }
}
