package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.LoadedConfig;
import java.util.function.Consumer;

/** Starts the gateway. Called once, on thread {@code main}. */
@FunctionalInterface
public interface GatewayStarter {
    /**
     * Starts.
     *
     * @param onFailure to be told, from any thread, when the gateway cannot go on: then the process ends with status 1, so
     *     that a supervisor starts a fresh one.
     * @return the running gateway; closing it ends it cleanly, and is done on another thread.
     * @throws Exception if it cannot run; the message is for whoever called the command.
     */
    AutoCloseable start(LoadedConfig config, Consumer<Throwable> onFailure) throws Exception;
}
