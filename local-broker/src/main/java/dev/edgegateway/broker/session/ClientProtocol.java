package dev.edgegateway.broker.session;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Authorizer.SubscribeVerdict;
import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The broker's side of one connection: what each packet does, and in which state it may come (MQTT 3.1.1 chapters 3 and
 * 4). Whoever breaks the protocol loses the connection and nothing else.
 */
public final class ClientProtocol {
    /** Packets a client may send ahead while its CONNECT is being decided. */
    private static final int MAX_EARLY_PACKETS = 1000;

    private enum State {
        AWAITING_CONNECT,
        AUTHENTICATING,
        CONNECTED,
        ENDED
    }

    /** One filter of a SUBSCRIBE. */
    public record Requested(TopicFilter filter, Qos qos) {}

    private final BrokerCore core;
    private final String listener;
    private final String remoteAddress;
    private final Connection connection;
    private final AckQueue acks;
    private final ArrayDeque<Runnable> early = new ArrayDeque<>(0);

    private State state = State.AWAITING_CONNECT;
    private @Nullable Session session;
    private @Nullable ClientInfo client;
    private @Nullable Will will;
    private long silenceAllowedNanos;
    private long lastHeardNanos;
    private boolean heard = true;
    private long readMessages;

    ClientProtocol(BrokerCore core, String listener, String remoteAddress, Connection connection) {
        this.core = core;
        this.listener = listener;
        this.remoteAddress = remoteAddress;
        this.connection = connection;
        this.acks = new AckQueue(connection, core.gate());
        this.silenceAllowedNanos = core.settings().connectTimeout().toNanos();
    }

    Connection connection() {
        return connection;
    }

    AckQueue acks() {
        return acks;
    }

    /** Who the client is; known from CONNACK on. */
    ClientInfo client() {
        return requireNonNull(client);
    }

    // ---- CONNECT

    /** CONNECT, well-formed. */
    public void onConnect(ConnectRequest request) {
        if (state != State.AWAITING_CONNECT) {
            end(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        if (request.clientId().startsWith("$") || request.clientId().isEmpty()) {
            refuse(request, Admission.ReturnCode.IDENTIFIER_REJECTED, "client id '" + request.clientId() + "'");
            return;
        }
        state = State.AUTHENTICATING;
        CompletableFuture<Admission> decision = core.authenticate(request).toCompletableFuture();
        if (decision.isDone() && !decision.isCompletedExceptionally()) {
            decided(request, decision.join());
        } else {
            connection.reading(false);
            decision.whenCompleteAsync((admission, failure) -> afterWait(request, admission, failure), core.loop());
        }
    }

    private void afterWait(ConnectRequest request, @Nullable Admission admission, @Nullable Throwable failure) {
        if (state != State.AUTHENTICATING) {
            return;
        }
        if (admission == null) {
            Logger.warn(failure, "Could not decide on {} from {}", request.clientId(), remoteAddress);
            admission = new Admission.Refused(Admission.ReturnCode.SERVER_UNAVAILABLE, "no decision");
        }
        connection.reading(true);
        decided(request, admission);
        while (state == State.CONNECTED && !early.isEmpty()) {
            early.remove().run();
        }
    }

    private void decided(ConnectRequest request, Admission admission) {
        switch (admission) {
            case Admission.Refused refused -> refuse(request, refused.returnCode(), refused.why());
            case Admission.Admitted admitted -> admit(request, admitted);
        }
    }

    /** Answers with a return code and closes. */
    public void refuse(ConnectRequest request, Admission.ReturnCode code, String why) {
        Logger.info("Refused {} from {}: {}", request.clientId(), remoteAddress, why);
        connection.connack(false, code.code());
        core.parts().listener().refused(request, why);
        over();
    }

    private void admit(ConnectRequest request, Admission.Admitted admitted) {
        ClientInfo info = new ClientInfo(
                request.clientId(),
                request.userName(),
                listener,
                remoteAddress,
                request.protocolLevel(),
                request.cleanSession(),
                admitted.namespace(),
                core.clock().instant());
        Will wanted = request.will();
        if (wanted != null) {
            Message message = wanted.message();
            switch (core.parts().authorizer().onPublish(info, message.topic(), message)) {
                case ALLOW ->
                    will = new Will(kept(message).withTopic(info.namespace().inward(message.topic())));
                case IGNORE -> will = null;
                case DISCONNECT -> {
                    core.parts().listener().refused(request, "the Will's topic is not allowed");
                    over();
                    return;
                }
            }
        }
        Session old = core.sessions().find(request.clientId());
        if (old == null && !core.sessions().hasRoom()) {
            refuse(request, Admission.ReturnCode.SERVER_UNAVAILABLE, "no room for another session");
            return;
        }
        if (old != null && old.connected()) {
            requireNonNull(old.owner()).end(DisconnectReason.TAKEN_OVER);
            old = core.sessions().find(request.clientId());
        }
        boolean resumed = old != null && !request.cleanSession();
        if (old != null && !resumed) {
            old.discard();
        }
        Session mine =
                resumed ? requireNonNull(old) : core.sessions().create(request.clientId(), !request.cleanSession());
        session = mine;
        client = info;
        state = State.CONNECTED;
        silenceAllowedNanos = TimeUnit.MILLISECONDS.toNanos(request.keepAliveSeconds() * 1500L);
        core.counters().clientsConnected++;
        connection.connack(resumed, 0);
        mine.attach(this);
        Logger.debug("{} connected from {}", info.clientId(), remoteAddress);
        core.parts().listener().connected(info);
        mine.resume();
    }

    private Message kept(Message message) {
        return core.settings().keepRetained() ? message : message.withRetain(false);
    }

    // ---- packets after CONNECT

    /** Whether the packet may be handled now; a packet too early is kept, one out of place ends the connection. */
    private boolean ready(Runnable packet) {
        switch (state) {
            case CONNECTED -> {
                return true;
            }
            case AUTHENTICATING -> {
                if (early.size() < MAX_EARLY_PACKETS) {
                    early.add(packet);
                } else {
                    end(DisconnectReason.PROTOCOL_ERROR);
                }
            }
            case AWAITING_CONNECT -> end(DisconnectReason.PROTOCOL_ERROR);
            case ENDED -> {}
        }
        return false;
    }

    /** PUBLISH, with the topic as the client wrote it. */
    public void onPublish(Message message, boolean dup, int packetId) {
        if (state != State.CONNECTED && !ready(() -> onPublish(message, dup, packetId))) {
            return;
        }
        ClientInfo info = requireNonNull(client);
        Session mine = requireNonNull(session);
        readMessages++;
        core.counters().publishReceived++;
        if (message.qos() == Qos.EXACTLY_ONCE && !mine.isNewInbound(packetId)) {
            acks.add(Connection.Ack.PUBREC, packetId, BrokerStore.NOTHING);
            return;
        }
        long commit = BrokerStore.NOTHING;
        switch (core.parts().authorizer().onPublish(info, message.topic(), message)) {
            case ALLOW -> commit = route(info, message);
            case IGNORE -> {}
            case DISCONNECT -> {
                end(DisconnectReason.INVALID_TOPIC);
                return;
            }
        }
        if (commit == PublishTap.REFUSED) {
            end(DisconnectReason.REFUSED_BY_STORE);
            return;
        }
        switch (message.qos()) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> acks.add(Connection.Ack.PUBACK, packetId, commit);
            case EXACTLY_ONCE -> acks.add(Connection.Ack.PUBREC, packetId, Math.max(commit, mine.received(packetId)));
        }
    }

    private long route(ClientInfo info, Message message) {
        TopicName topic = message.topic();
        if (topic.value().charAt(0) == '$') {
            return BrokerStore.NOTHING;
        }
        TopicName inner = info.namespace().inward(topic);
        Message routed = kept(inner == topic ? message : message.withTopic(inner));
        long commit = core.router().route(info, routed);
        if (commit > BrokerStore.NOTHING) {
            core.handedToStore(commit, routed, connection);
        }
        return commit;
    }

    public void onPuback(int packetId) {
        if (state == State.CONNECTED || ready(() -> onPuback(packetId))) {
            requireNonNull(session).onPuback(packetId);
        }
    }

    public void onPubrec(int packetId) {
        if (state == State.CONNECTED || ready(() -> onPubrec(packetId))) {
            requireNonNull(session).onPubrec(packetId);
        }
    }

    public void onPubrel(int packetId) {
        if (state == State.CONNECTED || ready(() -> onPubrel(packetId))) {
            acks.add(Connection.Ack.PUBCOMP, packetId, requireNonNull(session).released(packetId));
        }
    }

    public void onPubcomp(int packetId) {
        if (state == State.CONNECTED || ready(() -> onPubcomp(packetId))) {
            requireNonNull(session).onPubcomp(packetId);
        }
    }

    /** SUBSCRIBE, with filters as the client wrote them; retained messages follow the SUBACK. */
    public void onSubscribe(int packetId, List<Requested> requested) {
        if (!ready(() -> onSubscribe(packetId, requested))) {
            return;
        }
        ClientInfo info = requireNonNull(client);
        Session mine = requireNonNull(session);
        List<SubscribeVerdict> verdicts = core.parts()
                .authorizer()
                .onSubscribe(info, requested.stream().map(Requested::filter).toList());
        if (verdicts.contains(SubscribeVerdict.DISCONNECT)) {
            end(DisconnectReason.INVALID_TOPIC);
            return;
        }
        int[] codes = new int[requested.size()];
        Map<TopicFilter, Qos> granted = new LinkedHashMap<>();
        int room = core.settings().maxSubscriptionsPerClient()
                - mine.subscriptions().size();
        for (int i = 0; i < codes.length; i++) {
            TopicFilter filter = info.namespace().inward(requested.get(i).filter());
            boolean known = mine.subscriptions().containsKey(filter) || granted.containsKey(filter);
            if (verdicts.get(i) == SubscribeVerdict.REFUSE || (!known && granted.size() >= room)) {
                codes[i] = 0x80;
            } else {
                codes[i] = requested.get(i).qos().level();
                granted.put(filter, requested.get(i).qos());
            }
        }
        long commit = mine.subscribe(granted);
        core.gate().then(commit, () -> {
            if (state == State.CONNECTED) {
                connection.suback(packetId, codes);
                granted.forEach((filter, qos) -> sendRetained(mine, filter, qos));
            }
        });
    }

    private void sendRetained(Session mine, TopicFilter filter, Qos qos) {
        for (Message message : core.retained().matching(filter)) {
            mine.deliver(message, qos, true);
        }
    }

    /** UNSUBSCRIBE, with filters as the client wrote them. */
    public void onUnsubscribe(int packetId, List<TopicFilter> filters) {
        if (!ready(() -> onUnsubscribe(packetId, filters))) {
            return;
        }
        ClientInfo info = requireNonNull(client);
        long commit = BrokerStore.NOTHING;
        if (core.parts().authorizer().onUnsubscribe(info, filters)) {
            List<TopicFilter> inner = new ArrayList<>(filters.size());
            filters.forEach(filter -> inner.add(info.namespace().inward(filter)));
            commit = requireNonNull(session).unsubscribe(inner);
        }
        acks.add(Connection.Ack.UNSUBACK, packetId, commit);
    }

    public void onPingreq() {
        if (state == State.CONNECTED || ready(this::onPingreq)) {
            connection.pingresp();
        }
    }

    /** DISCONNECT: the Will is forgotten (MQTT 3.1.1 section 3.14.4). */
    public void onDisconnect() {
        if (state == State.AWAITING_CONNECT) {
            end(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        will = null;
        end(DisconnectReason.CLIENT_DISCONNECT);
    }

    /** The client takes more again. */
    public void writable() {
        if (state == State.CONNECTED) {
            requireNonNull(session).pump();
        }
    }

    // ---- the end

    /** Notes that the client was heard. */
    public void heard() {
        heard = true;
    }

    void checkDeadline(long nowNanos) {
        if (heard) {
            heard = false;
            lastHeardNanos = nowNanos;
        } else if (silenceAllowedNanos > 0 && nowNanos - lastHeardNanos > silenceAllowedNanos) {
            end(state == State.CONNECTED ? DisconnectReason.KEEP_ALIVE_TIMEOUT : DisconnectReason.CONNECT_TIMEOUT);
        }
    }

    /** Ends the connection, whatever its state; the Will is published unless DISCONNECT came. Idempotent. */
    public void end(DisconnectReason reason) {
        State before = state;
        over();
        if (before != State.CONNECTED) {
            return;
        }
        Session mine = requireNonNull(session);
        ClientInfo info = requireNonNull(client);
        core.counters().clientsConnected--;
        acks.clear();
        if (mine.persistent()) {
            mine.detach();
        } else {
            mine.discard();
            core.sessions().remove(mine);
        }
        Logger.debug("{} from {} left: {}", info.clientId(), remoteAddress, reason.words());
        Traffic traffic = new Traffic(
                connection.bytesRead(), readMessages, connection.bytesWritten(), connection.publishesWritten());
        core.parts().listener().disconnected(info, reason, traffic, core.clock().instant());
        Will last = will;
        will = null;
        if (last != null) {
            core.counters().publishReceived++;
            core.router().route(info, last.message());
        }
    }

    private void over() {
        if (state != State.ENDED) {
            state = State.ENDED;
            early.clear();
            connection.close();
            core.ended(this);
        }
    }
}
