package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.ListenerConfig;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Optional;

/** Says why a gateway did not start, in words to act on. */
final class StartFailure {
    /** Causes deeper than this are a loop. */
    private static final int MAX_CAUSES = 20;

    private StartFailure() {}

    static String explain(Throwable failure, GatewayConfig config) {
        boolean binding = false;
        StringBuilder chain = new StringBuilder();
        String last = "";
        Throwable cause = failure;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++, cause = cause.getCause()) {
            // Netty's native transport has exceptions of its own, which are no BindException, for a port in use.
            binding |= cause instanceof BindException
                    || cause instanceof SocketException
                    || cause.getClass().getName().startsWith("io.netty.");
            String message = Optional.ofNullable(cause.getMessage())
                    .orElse(cause.getClass().getSimpleName());
            if (!last.contains(message)) {
                chain.append(last.isEmpty() ? "" : ": ").append(message);
                last = message;
            }
        }
        return (binding ? takenListener(config) : Optional.<String>empty()).orElse(chain.toString());
    }

    private static Optional<String> takenListener(GatewayConfig config) {
        return config.listeners().stream()
                .map(StartFailure::whyItCannotOpen)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Tries the door itself, since what failed does not say which it was. */
    private static Optional<String> whyItCannotOpen(ListenerConfig listener) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral(listener.bind()), listener.port()));
            return Optional.empty();
        } catch (IOException e) {
            String where = "listener \"" + listener.name() + "\" cannot open " + listener.bind() + " port "
                    + listener.port() + ": ";
            String why = String.valueOf(e.getMessage());
            if (why.contains("in use")) {
                return Optional.of(where + "another program has it; `ss -ltnp 'sport = :" + listener.port()
                        + "'` shows which. Stop it, or set another port in [[listener]]");
            }
            if (why.contains("assign")) {
                return Optional.of(where + "this machine has no such address; set bind in [[listener]] to one that `ip"
                        + " address` shows");
            }
            if (why.contains("ermission")) {
                return Optional.of(where + "this user may not open ports below 1024; set another port in [[listener]]");
            }
            return Optional.of(where + why);
        }
    }
}
