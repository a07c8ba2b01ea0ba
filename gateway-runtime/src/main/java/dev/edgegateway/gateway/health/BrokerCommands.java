package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.gateway.control.BrokerView;
import dev.edgegateway.gateway.control.BrokerView.Client;
import dev.edgegateway.gateway.control.BrokerView.Connection;
import dev.edgegateway.gateway.control.BrokerView.Retained;
import dev.edgegateway.gateway.control.BrokerView.Topic;
import dev.edgegateway.gateway.control.ControlCommand;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What the control socket can ask of the local broker. Any thread. */
public final class BrokerCommands {
    /** Entries looked at for one answer. */
    private static final int MAX_ENTRIES = 100_000;

    private static final long CLEAR_SECONDS = 1;

    private final LocalBroker broker;

    private BrokerCommands(LocalBroker broker) {
        this.broker = broker;
    }

    /** The commands by name. */
    public static Map<String, ControlCommand> of(LocalBroker broker) {
        BrokerCommands commands = new BrokerCommands(broker);
        return Map.of(
                "client-list", request -> commands.clients().toJson(),
                "client-show", request -> commands.client(text(request, "id")).toJson(),
                "client-kick", request -> commands.kick(text(request, "id")).toJson(),
                "retained-list", request -> commands.retained(filter(request)).toJson(),
                "retained-clear", request -> commands.clear(filter(request)).toJson(),
                "topic-list", request -> commands.topics().toJson());
    }

    private BrokerView clients() {
        List<ClientStatus> all = broker.clients();
        AnswerList<Client> listed = new AnswerList<>();
        all.stream()
                .sorted(Comparator.comparing(ClientStatus::clientId))
                .map(BrokerCommands::client)
                .takeWhile(client -> listed.add(client, client.id() + user(client)))
                .forEach(client -> {});
        return new BrokerView.Clients(listed.entries(), all.size(), listed.isComplete());
    }

    private static String user(Client client) {
        Connection connection = client.connection();
        return connection == null ? "" : Objects.requireNonNullElse(connection.user(), "");
    }

    private BrokerView client(String id) {
        AnswerList<String> filters = new AnswerList<>();
        broker.subscriptions(id).stream()
                .map(TopicFilter::value)
                .sorted()
                .takeWhile(filter -> filters.add(filter, filter))
                .forEach(filter -> {});
        return new BrokerView.ClientDetail(client(find(id)), filters.entries(), filters.isComplete());
    }

    private ClientStatus find(String id) {
        return broker.clients().stream()
                .filter(client -> client.clientId().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no client '" + id + "'"));
    }

    private BrokerView kick(String id) {
        if (find(id).connection() == null) {
            throw new IllegalArgumentException("client '" + id + "' is not connected");
        }
        broker.disconnect(id, DisconnectReason.KICKED);
        return new BrokerView.Done(1);
    }

    private BrokerView retained(TopicFilter filter) {
        AnswerList<Retained> listed = new AnswerList<>();
        List<Message> found = broker.retained(filter, MAX_ENTRIES);
        found.stream()
                .sorted(Comparator.comparing(message -> message.topic().value()))
                .map(message -> new Retained(
                        message.topic().value(),
                        message.payload().length,
                        message.qos().level()))
                .takeWhile(message -> listed.add(message, message.topic()))
                .forEach(message -> {});
        return new BrokerView.RetainedTopics(listed.entries(), listed.isComplete() && found.size() < MAX_ENTRIES);
    }

    private BrokerView clear(TopicFilter filter) {
        return new BrokerView.Done(broker.clearRetained(filter)
                .toCompletableFuture()
                .orTimeout(CLEAR_SECONDS, TimeUnit.SECONDS)
                .join());
    }

    private BrokerView topics() {
        Map<String, Topic> all = new TreeMap<>();
        broker.retained(new TopicFilter("#"), MAX_ENTRIES)
                .forEach(message -> all.put(
                        message.topic().value(), new Topic(message.topic().value(), 0, true)));
        broker.subscribed(MAX_ENTRIES)
                .forEach((filter, count) -> all.merge(
                        filter.value(),
                        new Topic(filter.value(), count, false),
                        (kept, held) -> new Topic(kept.name(), held.subscribers(), true)));
        AnswerList<Topic> listed = new AnswerList<>();
        all.values().stream()
                .takeWhile(topic -> listed.add(topic, topic.name()))
                .forEach(topic -> {});
        return new BrokerView.Topics(listed.entries(), listed.isComplete() && all.size() < MAX_ENTRIES);
    }

    private static Client client(ClientStatus status) {
        ClientStatus.Connection connection = status.connection();
        return new Client(
                status.clientId(),
                connection == null ? null : connection(connection),
                status.persistent(),
                status.subscriptions(),
                status.inFlight(),
                status.queued(),
                status.queuedBytes());
    }

    private static Connection connection(ClientStatus.Connection connection) {
        var client = connection.client();
        return new Connection(
                client.userName(),
                client.listener(),
                ClientLog.address(client.remoteAddress()),
                ClientLog.protocol(client.protocolLevel()),
                client.cleanSession(),
                client.connectedAt().toString(),
                connection.keepAliveSeconds(),
                connection.readMessages(),
                connection.writtenMessages(),
                connection.readBytes(),
                connection.writtenBytes());
    }

    private static String text(Map<String, Object> request, String key) {
        if (request.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the request has no " + key);
    }

    private static TopicFilter filter(Map<String, Object> request) {
        return new TopicFilter(text(request, "filter"));
    }
}
