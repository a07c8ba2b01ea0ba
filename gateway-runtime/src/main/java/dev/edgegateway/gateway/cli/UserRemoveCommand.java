package dev.edgegateway.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code edge-gateway user remove}. */
@Command(name = "remove", description = "Removes a user, or with --device a device, and disconnects it.")
final class UserRemoveCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "NAME", description = "The user; with --device, TYPE:ID.")
    private String name = "";

    @Mixin
    private UserFileChoice choice = new UserFileChoice();

    private final Terminal terminal;

    UserRemoveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return choice.with(terminal, (file, path) -> {
            String who = choice.kind().word() + " '" + name + "'";
            if (!file.contains(name)) {
                terminal.err().println("edge-gateway: " + path + " has no " + who);
                return ExitStatus.FAILED;
            }
            file.remove(name);
            file.write();
            terminal.out().println(who + " removed from " + path);
            return ExitStatus.OK;
        });
    }
}
