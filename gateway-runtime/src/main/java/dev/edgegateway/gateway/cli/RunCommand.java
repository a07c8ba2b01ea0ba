package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.LoadedConfig;
import dev.edgegateway.gateway.config.Problem;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.tinylog.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edge-gateway run}: the gateway, until it is told to end. */
@Command(name = "run", description = "Runs the gateway until SIGTERM or SIGINT ends it.")
final class RunCommand implements Callable<Integer> {
    /** Starts the gateway and holds the process up while it runs. */
    @FunctionalInterface
    interface Lifetime {
        /**
         * Starts the gateway, waits until the process is to end, and closes it then.
         *
         * @param failure completed if the gateway cannot go on.
         * @return the exit status, if the process is still there to have one.
         * @throws Exception what the start has thrown.
         */
        int hold(Callable<AutoCloseable> start, CompletableFuture<Throwable> failure) throws Exception;
    }

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = CommandLineInterface.DEFAULT_CONFIG,
            description = "The configuration file (default: ${DEFAULT-VALUE}); conf.d/*.toml beside it is read too.")
    private Path config = Path.of(CommandLineInterface.DEFAULT_CONFIG);

    private final GatewayStarter starter;
    private final Terminal terminal;
    private final Lifetime lifetime;

    RunCommand(GatewayStarter starter, Terminal terminal, Lifetime lifetime) {
        this.starter = starter;
        this.terminal = terminal;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws InterruptedException {
        try {
            return run(ConfigLoader.ofThisProcess().load(config));
        } catch (ConfigException e) {
            e.problems().forEach(terminal.err()::println);
            terminal.err().println("edge-gateway: not started, since the configuration cannot be used");
            return ExitStatus.CONFIGURATION;
        }
    }

    private int run(LoadedConfig loaded) throws InterruptedException {
        for (Problem warning : loaded.warnings()) {
            terminal.err().println(warning);
        }
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        try {
            return lifetime.hold(() -> starter.start(loaded, failure::complete), failure);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Logger.debug(e, "The gateway did not start");
            terminal.err().println("edge-gateway: not started: " + StartFailure.explain(e, loaded.config()));
            return ExitStatus.FAILED;
        }
    }
}
