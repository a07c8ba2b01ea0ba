package dev.edgegateway.broker.session;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStats;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.Will;
import dev.edgegateway.broker.routing.RetainedMessages;
import dev.edgegateway.broker.routing.Router;
import dev.edgegateway.broker.routing.Subscriber;
import dev.edgegateway.broker.routing.SubscriptionTree;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that the broker's clients share. Built and used on thread {@code broker} alone; whoever stands elsewhere goes
 * through {@link LocalBroker}.
 */
public final class BrokerCore {
    /** Bytes on their way to the store above which publishers are no longer read from, until half of it is left. */
    private static final long MAX_UNCOMMITTED_BYTES = 8L << 20;

    private final LocalBroker.Parts parts;
    private final InstantSource clock;
    private final Timeline timeline;
    private final Agenda agenda = new Agenda();
    private final Executor loop;
    private final SubscriptionTree subscriptions = new SubscriptionTree();
    private final RetainedMessages retained;
    private final Router router;
    private final SessionRegistry sessions;
    private final CommitGate gate = new CommitGate();
    private final Counters counters = new Counters();
    private final Set<ClientProtocol> connections = new LinkedHashSet<>();
    private final List<Connection> paused = new ArrayList<>();
    private long queuedMessages;
    private long queuedBytes;

    /**
     * Takes back what the store has.
     *
     * @param clock what the rest of the process is told; may leap.
     * @param timeline what expiry is counted in.
     * @param loop runs what other threads complete on thread {@code broker}.
     */
    public BrokerCore(LocalBroker.Parts parts, InstantSource clock, Timeline timeline, Executor loop) {
        this.parts = parts;
        this.clock = clock;
        this.timeline = timeline;
        this.loop = loop;
        this.retained = new RetainedMessages(parts.store(), parts.settings().maxRetained(), timeline);
        this.router = new Router(parts.tap(), retained, subscriptions);
        this.sessions = new SessionRegistry(this);
    }

    /** A new connection; its packets go to the protocol. */
    public ClientProtocol accept(String listener, String remoteAddress, Connection connection) {
        ClientProtocol protocol = new ClientProtocol(this, listener, remoteAddress, connection);
        connections.add(protocol);
        counters.connectionsOpened++;
        return protocol;
    }

    /** A connection was closed because there are too many. */
    public void refusedConnection() {
        counters.connectionsRefused++;
    }

    /** Connections there are, past CONNACK or not. */
    public int connections() {
        return connections.size();
    }

    /** Does what is due and looks for connections that have been silent for too long; to be called once in a while. */
    public void checkDeadlines(long nowNanos) {
        agenda.run(timeline.getAsLong());
        for (ClientProtocol protocol : List.copyOf(connections)) {
            protocol.checkDeadline(nowNanos);
        }
    }

    /** See {@link LocalBroker#publish}. */
    public void publish(ClientInfo publisher, Message message, CompletableFuture<Void> done) {
        if (message.topic().value().charAt(0) != '$') {
            counters.publishReceived++;
        }
        long commit = router.route(publisher, stamped(message), null);
        if (commit == PublishTap.REFUSED) {
            done.completeExceptionally(
                    new IllegalStateException("the store could not take the message on " + message.topic()));
            return;
        }
        gate.count(commit, message.size());
        gate.then(commit, () -> done.complete(null));
    }

    /** See {@link LocalBroker#subscribe}. */
    public Subscriber subscribe(TopicFilter filter, Consumer<Message> receiver) {
        Subscriber subscriber = (message, granted, retain) -> {
            receiver.accept(message.withRetain(retain));
            return BrokerStore.NOTHING;
        };
        retained.matching(filter).forEach(receiver);
        subscriptions.add(filter, subscriber, SubscriptionOptions.of(Qos.EXACTLY_ONCE));
        return subscriber;
    }

    public void unsubscribe(TopicFilter filter, Subscriber subscriber) {
        subscriptions.remove(filter, subscriber);
    }

    /** See {@link LocalBroker#disconnect}. */
    public void disconnect(String clientId, DisconnectReason reason) {
        Session session = sessions.find(clientId);
        ClientProtocol owner = session == null ? null : session.owner();
        if (owner != null) {
            owner.end(reason);
        }
    }

    public void committedThrough(long commit) {
        gate.committedThrough(commit);
        if (!paused.isEmpty() && gate.uncommittedBytes() < MAX_UNCOMMITTED_BYTES / 2) {
            paused.forEach(connection -> connection.reading(true));
            paused.clear();
        }
    }

    /** Ends every connection. */
    public void close() {
        for (ClientProtocol protocol : List.copyOf(connections)) {
            protocol.end(DisconnectReason.SERVER_SHUTDOWN);
        }
    }

    public BrokerStats stats() {
        long read = counters.bytesReceived;
        long written = counters.bytesSent;
        long packetsSent = counters.packetsSent;
        for (ClientProtocol protocol : connections) {
            read += protocol.connection().bytesRead();
            written += protocol.connection().bytesWritten();
            packetsSent += protocol.connection().packetsWritten();
        }
        return new BrokerStats(
                counters.clientsConnected,
                sessions.size(),
                subscriptions.size(),
                retained.size(),
                counters.publishReceived,
                counters.publishSent,
                counters.publishDropped + retained.refused(),
                read,
                written,
                queuedMessages,
                queuedBytes,
                counters.messagesExpired + retained.expired(),
                counters.messagesTooLarge,
                counters.sessionsExpired,
                new BrokerStats.Refused(
                        counters.connectionsRefused,
                        counters.silentConnections,
                        counters.subscriptionsRefused,
                        retained.refused(),
                        counters.violations),
                new BrokerStats.Detail(
                        connections.size(),
                        counters.clientsMaximum,
                        counters.connectionsOpened,
                        counters.connects,
                        counters.packetsReceived,
                        packetsSent,
                        counters.publishBytesReceived,
                        counters.publishBytesSent,
                        retained.bytes(),
                        subscriptions.shared()));
    }

    // ---- for operators

    /** See {@link LocalBroker#clients}. */
    public List<ClientStatus> clients() {
        return sessions.all().stream().map(Session::status).toList();
    }

    /** See {@link LocalBroker#subscriptions(String)}. */
    public List<TopicFilter> subscriptions(String clientId) {
        Session session = sessions.find(clientId);
        return session == null ? List.of() : List.copyOf(session.subscriptions().keySet());
    }

    /** See {@link LocalBroker#subscribed}. */
    public Map<TopicFilter, Integer> subscribed(int limit) {
        Map<TopicFilter, Integer> counts = new HashMap<>();
        for (Session session : sessions.all()) {
            for (TopicFilter filter : session.subscriptions().keySet()) {
                if (counts.size() < limit || counts.containsKey(filter)) {
                    counts.merge(filter, 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /** See {@link LocalBroker#retained}. */
    public List<Message> retained(TopicFilter filter, int limit) {
        List<Message> found = retained.matching(filter);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    /** See {@link LocalBroker#clearRetained}. */
    public void clearRetained(TopicFilter filter, CompletableFuture<Integer> done) {
        List<Message> found = retained.matching(filter);
        gate.then(retained.clear(found), () -> done.complete(found.size()));
    }

    // ---- for sessions and protocols

    CompletionStage<Admission> authenticate(ConnectRequest request) {
        return parts.authenticator().authenticate(request);
    }

    Executor loop() {
        return loop;
    }

    LocalBroker.Parts parts() {
        return parts;
    }

    BrokerSettings settings() {
        return parts.settings();
    }

    BrokerStore store() {
        return parts.store();
    }

    InstantSource clock() {
        return clock;
    }

    Timeline timeline() {
        return timeline;
    }

    Agenda agenda() {
        return agenda;
    }

    /** The message as it may be kept here: without the retain flag where nothing is retained. */
    Message kept(Message message) {
        return settings().keepRetained() ? message : message.withRetain(false);
    }

    /** The message with its time counted from now on. */
    Message stamped(Message message) {
        return message.properties().expires()
                ? message.withProperties(message.properties().takenAt(timeline.getAsLong()))
                : message;
    }

    /** Publishes a Will whose client is gone. */
    void publishWill(ClientInfo client, Will will, @Nullable Session session) {
        if (will.message().topic().value().charAt(0) == '$') {
            return;
        }
        counters.publishReceived++;
        router.route(client, stamped(will.message()), session);
    }

    /** Publishes a Will whose client has been gone for a while. */
    void publishWill(String clientId, Will will, @Nullable Session session) {
        publishWill(new ClientInfo(clientId, null, "", "", 5, false, Namespace.PLAIN, clock.instant()), will, session);
    }

    /** Ends the session of a client that is away, and publishes its Will if that waits. */
    void endSession(Session session) {
        Will due = session.discard();
        sessions.remove(session);
        if (due != null) {
            publishWill(session.clientId(), due, null);
        }
    }

    /** The client did not come back in time. */
    void expired(Session session) {
        counters.sessionsExpired++;
        endSession(session);
    }

    SubscriptionTree subscriptions() {
        return subscriptions;
    }

    RetainedMessages retained() {
        return retained;
    }

    Router router() {
        return router;
    }

    SessionRegistry sessions() {
        return sessions;
    }

    CommitGate gate() {
        return gate;
    }

    Counters counters() {
        return counters;
    }

    /** Counts a routed message against what is on its way to the store, and holds its sender back if that is much. */
    void handedToStore(long commit, Message message, Connection from) {
        gate.count(commit, message.size());
        if (gate.uncommittedBytes() > MAX_UNCOMMITTED_BYTES && !paused.contains(from)) {
            from.reading(false);
            paused.add(from);
        }
    }

    boolean isFullFor(int bytes) {
        return queuedBytes + bytes > settings().maxQueuedBytes();
    }

    void queued(int bytes) {
        queuedMessages++;
        queuedBytes += bytes;
    }

    void dequeued(int bytes) {
        queuedMessages--;
        queuedBytes -= bytes;
    }

    void ended(ClientProtocol protocol) {
        if (connections.remove(protocol)) {
            paused.remove(protocol.connection());
            counters.bytesReceived += protocol.connection().bytesRead();
            counters.bytesSent += protocol.connection().bytesWritten();
            counters.packetsSent += protocol.connection().packetsWritten();
        }
    }
}
