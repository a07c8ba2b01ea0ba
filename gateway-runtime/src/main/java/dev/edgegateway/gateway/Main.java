package dev.edgegateway.gateway;

import dev.edgegateway.gateway.cli.CommandLineInterface;
import dev.edgegateway.gateway.cli.LogFormat;
import dev.edgegateway.gateway.config.LoadedConfig;

/** The entry of the process. */
public final class Main {
    private Main() {}

    /** Does what the command line says; the exit status is that of {@code edge-gateway --help}. */
    public static void main(String[] args) {
        LogFormat.choose(System.getenv());
        System.exit(CommandLineInterface.run(args, Main::start));
    }

    private static AutoCloseable start(LoadedConfig config) {
        throw new UnsupportedOperationException("this build has no gateway in it");
    }
}
