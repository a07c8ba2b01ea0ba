package dev.edgegateway.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code edge-gateway user}: who may log in. */
@Command(
        name = "user",
        description = "Manages the users and devices that may log in. A running gateway takes the change by itself.",
        synopsisSubcommandLabel = "COMMAND")
final class UserCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
    private CommandSpec spec;

    private UserCommand() {}

    static CommandLine commandLine(Terminal terminal) {
        return new CommandLine(new UserCommand())
                .addSubcommand(new UserSecretCommand.Add(terminal))
                .addSubcommand(new UserSecretCommand.Passwd(terminal))
                .addSubcommand(new UserRemoveCommand(terminal))
                .addSubcommand(new UserListCommand(terminal));
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
