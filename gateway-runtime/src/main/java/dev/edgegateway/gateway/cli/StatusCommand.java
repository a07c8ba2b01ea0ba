package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.control.ControlClient;
import dev.edgegateway.gateway.control.StatusReport;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code edge-gateway status}: how a running gateway is. */
@Command(
        name = "status",
        description = {
            "Asks the running gateway how it is.",
            "The exit status is 69 if none answers, and 77 if this user may not ask."
        })
final class StatusCommand extends GatewayQuestion {
    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    StatusCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    void ask(ControlClient gateway) throws IOException {
        StatusReport report = gateway.status();
        terminal()
                .out()
                .print(
                        json
                                ? report.toJson() + "\n"
                                : new StatusScreen(report, terminal().colour().getAsBoolean()).text());
    }
}
