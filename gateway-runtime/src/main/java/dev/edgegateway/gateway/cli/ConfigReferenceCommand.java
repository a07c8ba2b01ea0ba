package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.Reference;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code edge-gateway config reference}: all there is to configure. */
@Command(
        name = "reference",
        description = "Prints every key there is, those of the installed drivers among them, as Markdown.")
final class ConfigReferenceCommand implements Callable<Integer> {
    private final Terminal terminal;

    ConfigReferenceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().print(Reference.markdown(ConfigLoader.installedDrivers()));
        return ExitStatus.OK;
    }
}
