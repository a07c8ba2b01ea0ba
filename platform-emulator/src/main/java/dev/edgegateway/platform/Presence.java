package dev.edgegateway.platform;

import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.platform.Connections.Closing;
import dev.edgegateway.platform.Entrance.Judgement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Publishes the monitoring messages: who came, who went and why, who was turned away. Thread: {@code broker}.
 *
 * <p>A Connect is retained, so a late subscriber learns who is there. A Disconnect is retained for devices and gateways,
 * except after a take-over (288), where the newer connection's Connect must stay; for an application it is not, and its
 * Connect is forgotten.
 */
final class Presence implements BrokerListener {
    private final Entrance entrance;
    private final Connections connections;
    private final Outlet outlet;
    private final InstantSource clock;
    private final IntSupplier port;
    private final LongAdder turnedAway = new LongAdder();

    /** @param port of the listener, known once it is open. */
    Presence(Entrance entrance, Connections connections, Outlet outlet, InstantSource clock, IntSupplier port) {
        this.entrance = entrance;
        this.connections = connections;
        this.outlet = outlet;
        this.clock = clock;
        this.port = port;
    }

    /** Connections turned away since the start. Any thread. */
    long turnedAway() {
        return turnedAway.sum();
    }

    @Override
    public void connected(ClientInfo client) {
        connections.opened(client);
        if (client.namespace() instanceof PlatformNamespace namespace) {
            Logger.info("{} connected from {}", client.clientId(), client.remoteAddress());
            outlet.say(namespace.identity().monitorTopic(), about("Connect", client, client.connectedAt()), true);
        }
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        Closing closing = connections.closed(client, reason);
        if (!(client.namespace() instanceof PlatformNamespace namespace)) {
            return;
        }
        Logger.info("{} disconnected: {} {}", client.clientId(), closing.code(), closing.words());
        Map<String, Object> message = about("Disconnect", client, at);
        putClosing(message, closing);
        message.put("ReadBytes", traffic.readBytes());
        message.put("ReadMsg", traffic.readMessages());
        message.put("WriteBytes", traffic.writtenBytes());
        message.put("WriteMsg", traffic.writtenMessages());
        String topic = namespace.identity().monitorTopic();
        switch (namespace.identity()) {
            case ClientIdentity.Device device -> outlet.say(topic, message, isFinal(closing));
            case ClientIdentity.Gateway gateway -> outlet.say(topic, message, isFinal(closing));
            case ClientIdentity.Application application -> {
                outlet.say(topic, message, false);
                if (isFinal(closing)) {
                    outlet.forget(topic);
                }
            }
        }
    }

    private static boolean isFinal(Closing closing) {
        return closing.code() != DisconnectReason.TAKEN_OVER.closeCode();
    }

    @Override
    public void refused(ConnectRequest request, String why) {
        turnedAway.increment();
        switch (entrance.judge(request)) {
            case Judgement.TurnedAway judged -> {
                ClientIdentity claimed = judged.claimed();
                if (claimed != null) {
                    sayFailed(claimed, request, new Closing(judged.closeCode(), judged.why()));
                }
            }
            case Judgement.Welcome welcome -> sayFailed(welcome.identity(), request, closing(welcome, request, why));
        }
    }

    /** What the broker refused although who it was and what it knew were in order. */
    private static Closing closing(Judgement.Welcome welcome, ConnectRequest request, String why) {
        boolean badWill = request.will() != null
                && !TopicRules.of(welcome.identity())
                        .mayPublish(request.will().message().topic().value());
        return badWill
                ? Closing.of(DisconnectReason.INVALID_TOPIC)
                : new Closing(DisconnectReason.CLOSED_BY_SERVER.closeCode(), why);
    }

    private void sayFailed(ClientIdentity claimed, ConnectRequest request, Closing closing) {
        Instant now = clock.instant();
        Map<String, Object> message = about(
                "FailedConnect",
                now,
                request.remoteAddress(),
                request.clientId(),
                request.protocolLevel(),
                request.userName(),
                now);
        putClosing(message, closing);
        outlet.say(claimed.monitorTopic(), message, false);
    }

    private Map<String, Object> about(String action, ClientInfo client, Instant at) {
        return about(
                action,
                at,
                client.remoteAddress(),
                client.clientId(),
                client.protocolLevel(),
                client.userName(),
                client.connectedAt());
    }

    private Map<String, Object> about(
            String action,
            Instant at,
            String remoteAddress,
            String clientId,
            int protocolLevel,
            @Nullable String userName,
            Instant connectTime) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("Action", action);
        message.put("Time", Timestamps.of(at));
        message.put("ClientAddr", host(remoteAddress));
        message.put("ClientID", clientId);
        message.put("Port", port.getAsInt());
        message.put("Secure", false);
        message.put("Protocol", "mqtt" + protocolLevel);
        if (Entrance.isTelling(userName)) {
            message.put("User", userName);
        }
        message.put("ConnectTime", Timestamps.of(connectTime));
        return message;
    }

    private static void putClosing(Map<String, Object> message, Closing closing) {
        if (closing.code() != 0) {
            message.put("CloseCode", closing.code());
            message.put("Reason", closing.words());
        }
    }

    /** The address alone, of {@code 192.0.2.7:5000}, {@code /192.0.2.7:5000} or {@code [2001:db8::7]:5000}. */
    static String host(String remoteAddress) {
        String text = remoteAddress.startsWith("/") ? remoteAddress.substring(1) : remoteAddress;
        if (text.startsWith("[") && text.indexOf(']') > 0) {
            return text.substring(1, text.indexOf(']'));
        }
        int colon = text.lastIndexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }
}
