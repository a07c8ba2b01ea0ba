package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.LoadedConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One call of the command in this process, with what it wrote. */
record CommandLineRun(int status, String out, String err, List<LoadedConfig> started) {

    static CommandLineRun of(String... args) {
        return of((_, _) -> () -> {}, args);
    }

    /** With secrets typed or piped. */
    static CommandLineRun of(SecretInput secrets, String... args) {
        return of((_, _) -> () -> {}, secrets, args);
    }

    static CommandLineRun of(GatewayStarter starter, String... args) {
        return of(starter, FakeSecretInput.nothing(), args);
    }

    private static CommandLineRun of(GatewayStarter starter, SecretInput secrets, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<LoadedConfig> started = new ArrayList<>();
        GatewayStarter recording = (config, onFailure) -> {
            AutoCloseable gateway = starter.start(config, onFailure);
            started.add(config);
            return gateway;
        };
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                () -> false,
                secrets);
        int status = CommandLineInterface.run(args, recording, terminal, (start, _) -> {
            start.call().close();
            return ExitStatus.OK;
        });
        return new CommandLineRun(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), started);
    }
}
