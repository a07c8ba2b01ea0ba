package dev.edgegateway.platform;

import dev.edgegateway.broker.BrokerStats;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.TopicFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/** Notes what the platform says on its broker, and whom it has disconnected. */
final class RecordingBroker implements LocalBroker {
    static final int PORT = 1883;

    final List<Message> said = new ArrayList<>();
    final List<String> disconnected = new ArrayList<>();

    /** An outlet that speaks here. */
    Outlet outlet() {
        Outlet outlet = new Outlet();
        outlet.bind(this, PORT);
        return outlet;
    }

    /** The only message said since the last call. */
    Message only() {
        if (said.size() != 1) {
            throw new AssertionError(said.size() + " messages were said: " + said);
        }
        return said.removeFirst();
    }

    static Map<String, Object> json(Message message) {
        return JSON.std.mapFrom(message.payload());
    }

    static ClientInfo client(String clientId, ClientIdentity identity) {
        return client(clientId, PlatformNamespace.of(identity), null);
    }

    static ClientInfo client(String clientId, Namespace namespace, @Nullable String userName) {
        return new ClientInfo(
                clientId,
                userName,
                "platform",
                "/192.0.2.7:50000",
                4,
                true,
                namespace,
                Instant.parse("2025-03-01T09:00:00.120Z"));
    }

    @Override
    public int port(String listener) {
        return PORT;
    }

    @Override
    public CompletionStage<Void> publish(ClientInfo publisher, Message message) {
        said.add(message);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Subscription subscribe(String name, TopicFilter filter, Consumer<Message> receiver) {
        throw new UnsupportedOperationException("the platform does not listen to itself");
    }

    @Override
    public void disconnect(String clientId, DisconnectReason reason) {
        disconnected.add(clientId + " " + reason.closeCode());
    }

    @Override
    public void committedThrough(long commit) {}

    @Override
    public BrokerStats stats() {
        return new BrokerStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    @Override
    public List<ClientStatus> clients() {
        throw new UnsupportedOperationException("the platform does not look into itself");
    }

    @Override
    public List<TopicFilter> subscriptions(String clientId) {
        throw new UnsupportedOperationException("the platform does not look into itself");
    }

    @Override
    public Map<TopicFilter, Integer> subscribed(int limit) {
        throw new UnsupportedOperationException("the platform does not look into itself");
    }

    @Override
    public List<Message> retained(TopicFilter filter, int limit) {
        throw new UnsupportedOperationException("the platform does not look into itself");
    }

    @Override
    public CompletionStage<Integer> clearRetained(TopicFilter filter) {
        throw new UnsupportedOperationException("the platform does not look into itself");
    }

    @Override
    public void close() {}
}
