package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.Problem;
import dev.edgegateway.gateway.control.ControlClient;
import dev.edgegateway.gateway.control.ControlException;
import dev.edgegateway.gateway.control.ControlSocket;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** A command that asks the running gateway: where that is, and what is said if it does not answer. */
abstract class GatewayQuestion implements Callable<Integer> {
    /** At most one of them. */
    static final class Where {
        @Option(
                names = {"-c", "--config"},
                paramLabel = "FILE",
                description =
                        "The configuration of the gateway (default: " + CommandLineInterface.DEFAULT_CONFIG + ").")
        private @Nullable Path config;

        @Option(names = "--socket", paramLabel = "PATH", description = "The gateway's control socket itself.")
        private @Nullable Path socket;
    }

    @ArgGroup
    private @Nullable Where where;

    private final Terminal terminal;

    GatewayQuestion(Terminal terminal) {
        this.terminal = terminal;
    }

    final Terminal terminal() {
        return terminal;
    }

    /** Asks, and prints the answer. */
    abstract void ask(ControlClient gateway) throws IOException;

    @Override
    public final Integer call() {
        Path socket;
        try {
            socket = socket();
        } catch (ConfigException e) {
            e.problems().stream()
                    .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                    .forEach(terminal.err()::println);
            terminal.err().println("edge-gateway: the configuration does not say where the gateway is; --socket can");
            return ExitStatus.CONFIGURATION;
        }
        try {
            ask(new ControlClient(socket));
            return ExitStatus.OK;
        } catch (AccessDeniedException e) {
            terminal.err()
                    .println("edge-gateway: " + socket + ": this user may not ask; use sudo, or join the group of"
                            + " the socket");
            return ExitStatus.NO_PERMISSION;
        } catch (NoSuchFileException e) {
            terminal.err().println("edge-gateway: " + socket + ": no gateway is running there");
            return ExitStatus.UNREACHABLE;
        } catch (ControlException e) {
            terminal.err().println("edge-gateway: " + e.said());
            return ExitStatus.FAILED;
        } catch (IOException e) {
            terminal.err().println("edge-gateway: " + e.getMessage());
            return ExitStatus.UNREACHABLE;
        }
    }

    private Path socket() throws ConfigException {
        Where given = where == null ? new Where() : where;
        if (given.socket != null) {
            return given.socket;
        }
        Path config = given.config == null ? Path.of(CommandLineInterface.DEFAULT_CONFIG) : given.config;
        return ControlSocket.pathFor(ConfigLoader.ofThisProcess().loadRunDir(config));
    }
}
