package dev.edgegateway.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing without one of those below it. */
@Command(synopsisSubcommandLabel = "COMMAND")
abstract sealed class CommandGroup implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    @Override
    public final void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    @Command(name = "client", description = "Looks at the clients of the local broker, and ends their connections.")
    private static final class ClientGroup extends CommandGroup {}

    @Command(name = "retained", description = "Looks at the retained messages of the local broker, and clears them.")
    private static final class RetainedGroup extends CommandGroup {}

    @Command(name = "topic", description = "Looks at the topics of the local broker.")
    private static final class TopicGroup extends CommandGroup {}

    /** {@code edge-gateway client}. */
    static CommandLine client(Terminal terminal) {
        return new CommandLine(new ClientGroup())
                .addSubcommand(new ClientCommands.Lists(terminal))
                .addSubcommand(new ClientCommands.Show(terminal))
                .addSubcommand(new ClientCommands.Kick(terminal));
    }

    /** {@code edge-gateway retained}. */
    static CommandLine retained(Terminal terminal) {
        return new CommandLine(new RetainedGroup())
                .addSubcommand(new TopicCommands.RetainedList(terminal))
                .addSubcommand(new TopicCommands.RetainedClear(terminal));
    }

    /** {@code edge-gateway topic}. */
    static CommandLine topic(Terminal terminal) {
        return new CommandLine(new TopicGroup()).addSubcommand(new TopicCommands.Lists(terminal));
    }
}
