package dev.edgegateway.broker.session;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;

/** What a client publishes, up to its acknowledgement (MQTT 3.1.1 section 4.3, 5.0 sections 3.3.4 and 4.3). */
final class PublishFlow {
    private final BrokerCore core;
    private final ClientProtocol protocol;
    private final Session session;
    private final ClientInfo client;
    /** Messages in flight it may have, none counted for clients that were not told. */
    private final int receiveMaximum;

    private long received;

    PublishFlow(BrokerCore core, ClientProtocol protocol, Session session, ClientInfo client) {
        this.core = core;
        this.protocol = protocol;
        this.session = session;
        this.client = client;
        this.receiveMaximum = isFive(client) ? core.settings().limits().receiveMaximum() : Integer.MAX_VALUE;
    }

    private static boolean isFive(ClientInfo client) {
        return client.protocolLevel() == 5;
    }

    /** PUBLISH packets that came. */
    long received() {
        return received;
    }

    void onPublish(Message message, int packetId) {
        received++;
        core.counters().publishReceived++;
        core.counters().publishBytesReceived += message.payload().length;
        Qos qos = message.qos();
        if (qos != Qos.AT_MOST_ONCE) {
            if (qos == Qos.EXACTLY_ONCE && !session.isNewInbound(packetId)) {
                protocol.acks().add(Connection.Ack.PUBREC, packetId, ReasonCode.SUCCESS, BrokerStore.NOTHING);
                return;
            }
            if (protocol.acks().came() > receiveMaximum) {
                core.counters().violations++;
                protocol.end(DisconnectReason.RECEIVE_MAXIMUM_EXCEEDED);
                return;
            }
        }
        if (message.retain() && isFive(client) && !core.settings().keepRetained()) {
            protocol.end(DisconnectReason.RETAIN_NOT_SUPPORTED);
            return;
        }
        long commit = BrokerStore.NOTHING;
        int reason = ReasonCode.SUCCESS;
        switch (core.parts().authorizer().onPublish(client, message.topic(), message)) {
            case ALLOW -> {
                commit = route(message);
                reason = core.router().matched() ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
            }
            case IGNORE -> reason = ReasonCode.NOT_AUTHORIZED;
            case DISCONNECT -> {
                protocol.end(DisconnectReason.INVALID_TOPIC);
                return;
            }
        }
        if (commit == PublishTap.REFUSED) {
            if (!isFive(client)) {
                protocol.end(DisconnectReason.REFUSED_BY_STORE);
                return;
            }
            commit = BrokerStore.NOTHING;
            reason = ReasonCode.QUOTA_EXCEEDED;
        }
        acknowledge(qos, packetId, reason, commit);
    }

    private void acknowledge(Qos qos, int packetId, int reason, long commit) {
        switch (qos) {
            case AT_MOST_ONCE -> {}
            case AT_LEAST_ONCE -> protocol.acks().add(Connection.Ack.PUBACK, packetId, reason, commit);
            case EXACTLY_ONCE -> {
                boolean over = isFive(client) && reason >= ReasonCode.FAILURE;
                long noted = over ? BrokerStore.NOTHING : session.received(packetId);
                protocol.acks().add(Connection.Ack.PUBREC, packetId, reason, Math.max(commit, noted));
            }
        }
    }

    private long route(Message message) {
        TopicName topic = message.topic();
        if (topic.value().charAt(0) == '$') {
            core.router().nothing();
            return BrokerStore.NOTHING;
        }
        TopicName inner = client.namespace().inward(topic);
        Message routed = core.stamped(core.kept(inner == topic ? message : message.withTopic(inner)));
        long commit = core.router().route(client, routed, session);
        if (commit > BrokerStore.NOTHING) {
            core.handedToStore(commit, routed, protocol.connection());
        }
        return commit;
    }

    void onPubrel(int packetId) {
        int reason = session.isNewInbound(packetId) ? ReasonCode.PACKET_ID_NOT_FOUND : ReasonCode.SUCCESS;
        protocol.acks().add(Connection.Ack.PUBCOMP, packetId, reason, session.released(packetId));
    }
}
