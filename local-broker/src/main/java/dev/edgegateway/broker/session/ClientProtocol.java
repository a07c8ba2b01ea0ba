package dev.edgegateway.broker.session;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.Will;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The broker's side of one connection: in which state which packet may come, and how it ends (MQTT 3.1.1 and 5.0,
 * chapters 3 and 4). Whoever breaks the protocol loses the connection and nothing else.
 */
public final class ClientProtocol implements PacketReceiver {
    /** Packets a client may send ahead while its CONNECT is being decided. */
    private static final int MAX_EARLY_PACKETS = 1000;

    private enum State {
        AWAITING_CONNECT,
        AUTHENTICATING,
        CONNECTED,
        ENDED
    }

    private final BrokerCore core;
    private final String remoteAddress;
    private final Connection connection;
    private final AckQueue acks;
    private final Handshake handshake;
    private final ArrayDeque<Runnable> early = new ArrayDeque<>(0);

    private State state = State.AWAITING_CONNECT;
    private UnaryOperator<ConnectRequest> certification = UnaryOperator.identity();
    private @Nullable Session session;
    private @Nullable ClientInfo client;
    private @Nullable PublishFlow publishing;
    private @Nullable SubscribeFlow subscribing;
    private int keepAlive;
    private long silenceAllowedNanos;
    private long lastHeardNanos;
    private boolean heard = true;

    ClientProtocol(BrokerCore core, String listener, String remoteAddress, Connection connection) {
        this.core = core;
        this.remoteAddress = remoteAddress;
        this.connection = connection;
        this.acks = new AckQueue(connection, core.gate());
        this.handshake = new Handshake(core, this, listener);
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

    Session session() {
        return requireNonNull(session);
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** Whether packets are still of interest. */
    public boolean isOpen() {
        return state != State.ENDED;
    }

    // ---- CONNECT

    /**
     * The client proved that it holds a certificate of this name; before its first packet.
     *
     * @param isUser whether the name takes the place of the CONNECT's user name and password.
     */
    public void certified(String name, boolean isUser) {
        certification = sent -> sent.certified(name, isUser);
    }

    @Override
    public void onConnect(ConnectRequest sent) {
        if (state != State.AWAITING_CONNECT) {
            end(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        state = State.AUTHENTICATING;
        core.counters().connects++;
        connection.opened(sent.protocolLevel(), sent.properties());
        ConnectRequest request = handshake.examine(certification.apply(sent));
        if (request == null) {
            return;
        }
        CompletableFuture<Admission> decision = core.authenticate(request).toCompletableFuture();
        if (decision.isDone() && !decision.isCompletedExceptionally()) {
            handshake.decided(request, decision.join());
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
        handshake.decided(request, admission);
        while (state == State.CONNECTED && !early.isEmpty()) {
            early.remove().run();
        }
    }

    @Override
    public void onUnknownVersion(int protocolLevel) {
        failed("protocol level " + protocolLevel + " is not known");
        Admission.ReturnCode code = Admission.ReturnCode.UNACCEPTABLE_PROTOCOL_VERSION;
        boolean newer = protocolLevel > 5 && protocolLevel < 0x80;
        connection.opened(newer ? 5 : 4, ConnectProperties.NONE);
        connection.connack(false, newer ? code.reasonCode() : code.code(), null);
        over();
    }

    /** The client is in; CONNACK was not sent yet. */
    void admitted(ClientInfo info, Session mine, int keepAliveSeconds) {
        session = mine;
        client = info;
        publishing = new PublishFlow(core, this, mine, info);
        subscribing = new SubscribeFlow(core, this, mine, info);
        state = State.CONNECTED;
        silenceAllowedNanos = TimeUnit.MILLISECONDS.toNanos(keepAliveSeconds * 1500L);
        keepAlive = keepAliveSeconds;
        Counters counters = core.counters();
        counters.clientsConnected++;
        counters.clientsMaximum =
                Math.max(counters.clientsMaximum, core.sessions().size());
        Logger.debug("{} connected from {}", info.clientId(), remoteAddress);
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

    @Override
    public void onPublish(Message message, boolean dup, int packetId) {
        if (state == State.CONNECTED || ready(() -> onPublish(message, dup, packetId))) {
            requireNonNull(publishing).onPublish(message, packetId);
        }
    }

    @Override
    public void onPuback(int packetId, int reasonCode) {
        if (state == State.CONNECTED || ready(() -> onPuback(packetId, reasonCode))) {
            session().outbox().onPuback(packetId);
        }
    }

    @Override
    public void onPubrec(int packetId, int reasonCode) {
        if (state == State.CONNECTED || ready(() -> onPubrec(packetId, reasonCode))) {
            session().outbox().onPubrec(packetId, reasonCode);
        }
    }

    @Override
    public void onPubrel(int packetId, int reasonCode) {
        if (state == State.CONNECTED || ready(() -> onPubrel(packetId, reasonCode))) {
            requireNonNull(publishing).onPubrel(packetId);
        }
    }

    @Override
    public void onPubcomp(int packetId, int reasonCode) {
        if (state == State.CONNECTED || ready(() -> onPubcomp(packetId, reasonCode))) {
            session().outbox().onPubcomp(packetId);
        }
    }

    @Override
    public void onSubscribe(int packetId, List<Requested> requested) {
        if (ready(() -> onSubscribe(packetId, requested))) {
            requireNonNull(subscribing).onSubscribe(packetId, requested);
        }
    }

    @Override
    public void onUnsubscribe(int packetId, List<TopicFilter> filters) {
        if (ready(() -> onUnsubscribe(packetId, filters))) {
            requireNonNull(subscribing).onUnsubscribe(packetId, filters);
        }
    }

    @Override
    public void onPingreq() {
        if (state == State.CONNECTED || ready(this::onPingreq)) {
            connection.pingresp();
        }
    }

    /** Extended authentication is never agreed on, so there is nothing to go on with (MQTT 5.0 section 4.12). */
    @Override
    public void onAuth() {
        if (ready(this::onAuth)) {
            end(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    /** A normal DISCONNECT forgets the Will (MQTT 3.1.1 section 3.14.4, 5.0 section 3.14.2.1). */
    @Override
    public void onDisconnect(int reasonCode, long sessionExpirySeconds) {
        if (state == State.CONNECTED) {
            if (sessionExpirySeconds > 0 && session().expirySeconds() == 0) {
                end(DisconnectReason.PROTOCOL_ERROR);
                return;
            }
            if (sessionExpirySeconds >= 0) {
                session()
                        .expireAfter(Math.min(
                                sessionExpirySeconds, core.settings().limits().maxSessionExpirySeconds()));
            }
            if (reasonCode == ReasonCode.SUCCESS) {
                session().forgetWill();
            }
        }
        end(DisconnectReason.CLIENT_DISCONNECT);
    }

    /** The client takes more again. */
    public void writable() {
        if (state == State.CONNECTED) {
            session().outbox().pump();
        }
    }

    // ---- the end

    /** Notes that the client was heard. */
    public void heard() {
        heard = true;
        core.counters().packetsReceived++;
    }

    void checkDeadline(long nowNanos) {
        if (heard) {
            heard = false;
            lastHeardNanos = nowNanos;
        } else if (silenceAllowedNanos > 0 && nowNanos - lastHeardNanos > silenceAllowedNanos) {
            boolean connected = state == State.CONNECTED;
            core.counters().silentConnections += connected ? 0 : 1;
            end(connected ? DisconnectReason.KEEP_ALIVE_TIMEOUT : DisconnectReason.CONNECT_TIMEOUT);
        }
    }

    /**
     * A packet that MQTT does not allow.
     *
     * @param protocolLevel what the client's CONNECT said, 0 if it came to none.
     */
    public void violated(PacketException violation, int protocolLevel) {
        Logger.debug("{} broke the protocol: {}", remoteAddress, violation.getMessage());
        core.counters().violations++;
        if (state == State.AWAITING_CONNECT && protocolLevel == 5) {
            connection.opened(5, ConnectProperties.NONE);
            connection.connack(false, violation.reason().reasonCode(), null);
        }
        end(violation.reason(), String.valueOf(violation.getMessage()));
    }

    /** Ends the connection, whatever its state; the Will is published unless DISCONNECT came. Idempotent. */
    public void end(DisconnectReason reason) {
        end(reason, reason.words());
    }

    private void end(DisconnectReason reason, String why) {
        State before = state;
        if (before == State.CONNECTED && reason.reasonCode() >= 0) {
            connection.disconnect(reason.reasonCode(), why);
        }
        over();
        if (before != State.CONNECTED) {
            boolean faulty = reason != DisconnectReason.CONNECTION_LOST && reason != DisconnectReason.SERVER_SHUTDOWN;
            if (before != State.ENDED && faulty) {
                failed(why);
            }
            return;
        }
        Session mine = session();
        core.counters().clientsConnected--;
        acks.clear();
        Will due;
        if (mine.persistent() && mine.expirySeconds() > 0) {
            due = mine.detach();
        } else {
            due = mine.discard();
            core.sessions().remove(mine);
        }
        ClientInfo info = client();
        Logger.debug("{} from {} left: {}", info.clientId(), remoteAddress, why);
        Traffic traffic = new Traffic(
                connection.bytesRead(),
                requireNonNull(publishing).received(),
                connection.bytesWritten(),
                connection.publishesWritten());
        core.parts().listener().disconnected(info, reason, traffic, core.clock().instant());
        if (due != null) {
            core.publishWill(info, due, mine);
        }
    }

    private void failed(String why) {
        core.parts().listener().failed(handshake.listener(), remoteAddress, why);
    }

    /** The connection as an operator sees it. */
    ClientStatus.Connection status() {
        return new ClientStatus.Connection(
                client(),
                keepAlive,
                requireNonNull(publishing).received(),
                connection.publishesWritten(),
                connection.bytesRead(),
                connection.bytesWritten());
    }

    /** Closes without more ado. */
    void over() {
        if (state != State.ENDED) {
            state = State.ENDED;
            early.clear();
            connection.close();
            core.ended(this);
        }
    }
}
