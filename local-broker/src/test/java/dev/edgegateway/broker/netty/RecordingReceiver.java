package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.session.PacketReceiver;
import java.util.ArrayList;
import java.util.List;

/** Keeps what the decoder hands over. */
final class RecordingReceiver implements PacketReceiver {
    final List<Object> packets = new ArrayList<>();

    /** A PUBLISH. */
    record Publish(Message message, boolean dup, int packetId) {}

    @Override
    public void onConnect(ConnectRequest request) {
        packets.add(request);
    }

    @Override
    public void onUnknownVersion(int protocolLevel) {
        packets.add("level " + protocolLevel);
    }

    @Override
    public void onPublish(Message message, boolean dup, int packetId) {
        packets.add(new Publish(message, dup, packetId));
    }

    @Override
    public void onPuback(int packetId, int reasonCode) {
        packets.add("PUBACK " + packetId + " " + reasonCode);
    }

    @Override
    public void onPubrec(int packetId, int reasonCode) {
        packets.add("PUBREC " + packetId + " " + reasonCode);
    }

    @Override
    public void onPubrel(int packetId, int reasonCode) {
        packets.add("PUBREL " + packetId + " " + reasonCode);
    }

    @Override
    public void onPubcomp(int packetId, int reasonCode) {
        packets.add("PUBCOMP " + packetId + " " + reasonCode);
    }

    @Override
    public void onSubscribe(int packetId, List<Requested> requested) {
        packets.add("SUBSCRIBE " + packetId + " " + requested);
    }

    @Override
    public void onUnsubscribe(int packetId, List<TopicFilter> filters) {
        packets.add("UNSUBSCRIBE " + packetId + " " + filters);
    }

    @Override
    public void onPingreq() {
        packets.add("PINGREQ");
    }

    @Override
    public void onDisconnect(int reasonCode, long sessionExpirySeconds) {
        packets.add("DISCONNECT " + reasonCode + " " + sessionExpirySeconds);
    }

    @Override
    public void onAuth() {
        packets.add("AUTH");
    }
}
