package dev.edgegateway.gateway.cli;

import dev.edgegateway.gateway.control.BrokerView;
import dev.edgegateway.gateway.control.BrokerView.Client;
import dev.edgegateway.gateway.control.BrokerView.ClientDetail;
import dev.edgegateway.gateway.control.BrokerView.Clients;
import dev.edgegateway.gateway.control.BrokerView.Connection;
import dev.edgegateway.gateway.control.ControlClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The commands below {@code edge-gateway client}. */
final class ClientCommands {
    private ClientCommands() {}

    @Command(name = "list", description = "Lists connected and remembered clients.")
    static final class Lists extends GatewayQuestion {
        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        Lists(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            Clients answer = gateway.ask(Clients.class, Map.of("command", "client-list"));
            if (json) {
                terminal().out().println(answer.toJson());
                return;
            }
            TextTable table =
                    new TextTable("CLIENT", "STATE", "USER", "ADDRESS", "SUBSCRIPTIONS", "IN FLIGHT", "QUEUED");
            for (Client client : answer.clients()) {
                Connection connection = client.connection();
                table.row(
                        client.id(),
                        connection == null ? "away" : "connected",
                        connection == null ? "" : Objects.requireNonNullElse(connection.user(), ""),
                        connection == null ? "" : connection.address(),
                        Integer.toString(client.subscriptions()),
                        Integer.toString(client.inFlight()),
                        Integer.toString(client.queued()));
            }
            terminal().out().print(table.text());
            if (!answer.complete()) {
                terminal()
                        .err()
                        .println("edge-gateway: only " + answer.clients().size() + " of " + answer.total());
            }
        }
    }

    @Command(name = "show", description = "Shows one client and what it is subscribed to.")
    static final class Show extends GatewayQuestion {
        @Parameters(paramLabel = "ID", description = "The client id.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
        private String id;

        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        Show(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            ClientDetail answer = gateway.ask(ClientDetail.class, Map.of("command", "client-show", "id", id));
            terminal().out().print(json ? answer.toJson() + "\n" : text(answer));
        }

        private static String text(ClientDetail answer) {
            Client client = answer.client();
            TextTable table = new TextTable("client", client.id());
            Connection connection = client.connection();
            if (connection == null) {
                table.row("state", "away");
            } else {
                table.row("state", "connected since " + connection.since());
                table.row("from", connection.address() + " over listener '" + connection.listener() + "'");
                table.row("user", Objects.requireNonNullElse(connection.user(), "none"));
                table.row("protocol", connection.protocol() + (connection.clean() ? ", clean" : ", kept session"));
                table.row("keep alive", connection.keepAliveSeconds() + " s");
                table.row("read", connection.readMessages() + " messages, " + connection.readBytes() + " bytes");
                table.row(
                        "written", connection.writtenMessages() + " messages, " + connection.writtenBytes() + " bytes");
            }
            table.row("persistent", client.persistent() ? "yes" : "no");
            table.row("in flight", Integer.toString(client.inFlight()));
            table.row("queued", client.queued() + " messages, " + client.queuedBytes() + " bytes");
            table.row("subscribed", client.subscriptions() + " filters");
            answer.subscribed().forEach(filter -> table.row("", filter));
            if (!answer.complete()) {
                table.row("", "and more");
            }
            return table.text();
        }
    }

    @Command(name = "kick", description = "Ends the connection of a client; its session stays.")
    static final class Kick extends GatewayQuestion {
        @Parameters(paramLabel = "ID", description = "The client id.")
        @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs.
        private String id;

        @Option(names = "--json", description = "Prints one JSON object.")
        private boolean json;

        Kick(Terminal terminal) {
            super(terminal);
        }

        @Override
        void ask(ControlClient gateway) throws IOException {
            BrokerView.Done done = gateway.ask(BrokerView.Done.class, Map.of("command", "client-kick", "id", id));
            terminal().out().println(json ? done.toJson() : "The connection was ended.");
        }
    }
}
