package dev.edgegateway.demo;

import dev.edgegateway.gateway.control.ControlClient;
import dev.edgegateway.gateway.control.StatusReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks the gateway over its control socket, as {@code edge-gateway status} does. */
final class ControlProbe implements Health.Probe {
    private final ControlClient client;

    /** @param socket see {@link dev.edgegateway.gateway.control.ControlSocket}. */
    ControlProbe(Path socket) {
        client = new ControlClient(socket);
    }

    @Override
    public Optional<Health> ask() {
        try {
            StatusReport status = client.status();
            Long oldest = status.queue().oldestAgeSeconds();
            return Optional.of(new Health(
                    status.gateway().pid(),
                    status.broker().clients(),
                    status.queue().depth(),
                    Duration.ofSeconds(oldest == null ? 0 : oldest),
                    status.uplink().state() == StatusReport.UplinkState.CONNECTED));
        } catch (IOException e) {
            return Optional.empty(); // not yet, or not any more
        }
    }
}
