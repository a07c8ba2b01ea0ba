package dev.edgegateway.gateway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code edge-gateway}. */
@Command(
        name = "edge-gateway",
        description = {
            "An MQTT gateway: local broker, sensors, and a durable queue to the platform.",
            "",
            "Start with: edge-gateway run --config gateway.toml"
        },
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = VersionCommand.Provider.class)
public final class CommandLineInterface implements Runnable {
    /** Where the package puts the configuration. */
    static final String DEFAULT_CONFIG = "/etc/edge-gateway/gateway.toml";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Explains the command and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it.
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Prints the version and ends.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it.
    private boolean version;

    private CommandLineInterface() {}

    /**
     * Does what the arguments say.
     *
     * @return the exit status of the process. Does not return from {@code run} once the gateway has started.
     */
    public static int run(String[] args, GatewayStarter starter) {
        return run(args, starter, Terminal.ofThisProcess(), ProcessLifetime::hold);
    }

    static int run(String[] args, GatewayStarter starter, Terminal terminal, RunCommand.Lifetime lifetime) {
        CommandLine commands = new CommandLine(new CommandLineInterface())
                .addSubcommand(new RunCommand(starter, terminal, lifetime))
                .addSubcommand(new CommandLine(new ConfigCommand())
                        .addSubcommand(new ConfigCheckCommand(terminal))
                        .addSubcommand(new ConfigReferenceCommand(terminal)))
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(CommandGroup.client(terminal))
                .addSubcommand(CommandGroup.topic(terminal))
                .addSubcommand(CommandGroup.retained(terminal))
                .addSubcommand(UserCommand.commandLine(terminal))
                .addSubcommand(new VersionCommand(terminal));
        commands.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        commands.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        commands.setParameterExceptionHandler((e, _) -> usage(e));
        commands.setExecutionExceptionHandler((e, command, _) -> {
            command.getErr().println("edge-gateway: " + e);
            return ExitStatus.FAILED;
        });
        // Colours in help texts only where they are seen; the look at the terminal is not worth it for `run`.
        boolean isRun = args.length > 0 && args[0].equals("run");
        commands.setColorScheme(
                CommandLine.Help.defaultColorScheme(!isRun && terminal.colour().getAsBoolean() ? Ansi.ON : Ansi.OFF));
        return commands.execute(args);
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int usage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("edge-gateway: " + e.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(e, err)) {
            command.usage(err);
        } else {
            err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        return ExitStatus.USAGE;
    }
}
