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
    /** Holds the process up while the gateway runs. */
    @FunctionalInterface
    interface Lifetime {
        /**
         * Waits until the process is to end and closes the gateway then.
         *
         * @param failure completed if the gateway cannot go on.
         * @return the exit status, if the process is still there to have one.
         */
        int hold(AutoCloseable gateway, CompletableFuture<Throwable> failure) throws InterruptedException;
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
        LoadedConfig loaded;
        try {
            loaded = ConfigLoader.ofThisProcess().load(config);
        } catch (ConfigException e) {
            e.problems().forEach(terminal.err()::println);
            terminal.err().println("edge-gateway: not started, since the configuration cannot be used");
            return ExitStatus.CONFIGURATION;
        }
        for (Problem warning : loaded.warnings()) {
            terminal.err().println(warning);
        }
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        AutoCloseable gateway;
        try {
            gateway = starter.start(loaded, failure::complete);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            Logger.debug(e, "The gateway did not start");
            terminal.err().println("edge-gateway: not started: " + StartFailure.explain(e, loaded.config()));
            return ExitStatus.FAILED;
        }
        return lifetime.hold(gateway, failure);
    }
}
