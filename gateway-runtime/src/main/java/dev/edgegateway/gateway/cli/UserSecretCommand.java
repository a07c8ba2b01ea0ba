package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.access.CredentialFile;
import dev.edgegateway.gateway.access.SecretRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code edge-gateway user add} and {@code passwd}: the two that set a secret. */
abstract class UserSecretCommand implements Callable<Integer> {
    /** {@code edge-gateway user add}. */
    @Command(
            name = "add",
            description = {
                "Adds a user, or with --device a device.",
                "The password, or the token, is asked for twice on a terminal; else it is the first line of standard input."
            })
    static final class Add extends UserSecretCommand {
        Add(Terminal terminal) {
            super(terminal, false);
        }
    }

    /** {@code edge-gateway user passwd}. */
    @Command(
            name = "passwd",
            description = {
                "Gives a user another password, or with --device a device another token, and disconnects it.",
                "The secret is asked for twice on a terminal; else it is the first line of standard input."
            })
    static final class Passwd extends UserSecretCommand {
        Passwd(Terminal terminal) {
            super(terminal, true);
        }
    }

    @Parameters(index = "0", paramLabel = "NAME", description = "The user; with --device, TYPE:ID.")
    private String name = "";

    @Option(names = "--generate", description = "Makes the secret up, and prints it and nothing else.")
    private boolean generate;

    @Mixin
    private UserFileChoice choice = new UserFileChoice();

    private final Terminal terminal;
    /** Whether the name must be there already; if not, it must not. */
    private final boolean existing;

    private UserSecretCommand(Terminal terminal, boolean existing) {
        this.terminal = terminal;
        this.existing = existing;
    }

    @Override
    public Integer call() {
        return choice.with(terminal, this::set);
    }

    private int set(CredentialFile file, Path path) throws IOException {
        String who = choice.kind().word() + " '" + name + "'";
        if (file.contains(name) != existing) {
            return fail(
                    existing
                            ? path + " has no " + who + "; use `user add`"
                            : path + " has " + who + " already; use `user passwd`");
        }
        String secret = generate ? SecretRules.generate() : read();
        if (secret == null) {
            return ExitStatus.FAILED;
        }
        Optional<String> objection = generate ? Optional.empty() : SecretRules.objection(name, secret);
        if (objection.isPresent()) {
            return fail("this cannot be the secret of " + who + ": " + objection.get());
        }
        try {
            file.put(name, secret.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return fail("'" + name + "' is " + e.getMessage());
        }
        file.write();
        if (generate) {
            terminal.out().println(secret);
        } else {
            terminal.out().println(who + (existing ? " has another secret now in " : " added to ") + path);
        }
        return ExitStatus.OK;
    }

    /** @return null after having said why there is none. */
    private @Nullable String read() throws IOException {
        SecretInput input = terminal.secrets();
        if (!input.isTyped()) {
            String line = input.firstLine();
            if (line == null) {
                terminal.err().println("edge-gateway: standard input is empty; the secret is its first line");
            }
            return line;
        }
        String what = choice.kind().word() + " " + name + ": ";
        String first = input.ask("New secret of " + what);
        String second = first == null ? null : input.ask("Once more, of " + what);
        if (first == null || second == null) {
            terminal.err().println("edge-gateway: nothing changed");
            return null;
        }
        if (!first.equals(second)) {
            terminal.err().println("edge-gateway: these are not the same; nothing changed");
            return null;
        }
        return first;
    }

    private int fail(String why) {
        terminal.err().println("edge-gateway: " + why);
        return ExitStatus.FAILED;
    }
}
