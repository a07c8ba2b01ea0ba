package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.LoadedConfig;

/** Starts the gateway. Called once, on thread {@code main}. */
@FunctionalInterface
public interface GatewayStarter {
    /**
     * Starts.
     *
     * @return the running gateway; closing it ends it cleanly, and is done on another thread.
     * @throws Exception if it cannot run; the message is for whoever called the command.
     */
    AutoCloseable start(LoadedConfig config) throws Exception;
}
