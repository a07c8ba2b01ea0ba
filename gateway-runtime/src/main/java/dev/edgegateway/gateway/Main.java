package dev.edgegateway.gateway;

import dev.edgegateway.gateway.cli.CommandLineInterface;
import dev.edgegateway.gateway.cli.LogFormat;
import dev.edgegateway.gateway.config.LoadedConfig;
import dev.edgegateway.gateway.rehearsal.TrainingRun;
import java.io.IOException;
import java.util.function.Consumer;

/** The entry of the process. */
public final class Main {
    private Main() {}

    /** Does what the command line says; the exit status is that of {@code edge-gateway --help}. */
    public static void main(String[] args) throws Exception {
        LogFormat.choose(System.getenv());
        if (args.length == 1 && args[0].equals("train")) {
            TrainingRun.run();
            System.exit(CommandLineInterface.run(new String[] {"version"}, Main::start));
        }
        System.exit(CommandLineInterface.run(args, Main::start));
    }

    private static AutoCloseable start(LoadedConfig loaded, Consumer<Throwable> onFailure) throws IOException {
        return Gateway.open(loaded.config(), onFailure);
    }
}
