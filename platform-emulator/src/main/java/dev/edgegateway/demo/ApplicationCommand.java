package dev.edgegateway.demo;

import dev.edgegateway.demo.client.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The process of the application; the demo starts it. */
@Command(name = "application", hidden = true)
final class ApplicationCommand implements Callable<Integer> {
    @Mixin
    private final ClientOptions options = new ClientOptions();

    @Option(names = "--token-file", required = true)
    private Path tokenFile = Path.of("");

    @Override
    public Integer call() throws Exception {
        String token = Files.readString(tokenFile).strip();
        var identity = new Application.Identity(
                GatewayToml.ORGANIZATION, EmulatorProcess.APPLICATION, EmulatorProcess.API_KEY, token);
        Application.run(options.uri(), identity, options.fleet(), options.seed());
        return 0;
    }
}
