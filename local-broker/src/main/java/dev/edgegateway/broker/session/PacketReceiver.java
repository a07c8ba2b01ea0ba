package dev.edgegateway.broker.session;

import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import java.util.List;

/**
 * Takes the packets of one client, each already well-formed; topics and filters as the client wrote them. Thread: {@code
 * broker}.
 */
public interface PacketReceiver {
    /** CONNECT; the client id may be empty. */
    void onConnect(ConnectRequest request);

    /** A CONNECT of a protocol level nobody here speaks. */
    void onUnknownVersion(int protocolLevel);

    /** @param packetId 0 at QoS 0. */
    void onPublish(Message message, boolean dup, int packetId);

    void onPuback(int packetId, int reasonCode);

    void onPubrec(int packetId, int reasonCode);

    void onPubrel(int packetId, int reasonCode);

    void onPubcomp(int packetId, int reasonCode);

    void onSubscribe(int packetId, List<Requested> requested);

    void onUnsubscribe(int packetId, List<TopicFilter> filters);

    void onPingreq();

    /** @param sessionExpirySeconds negative if the packet did not say. */
    void onDisconnect(int reasonCode, long sessionExpirySeconds);

    void onAuth();

    /** One filter of a SUBSCRIBE. */
    record Requested(TopicFilter filter, SubscriptionOptions options) {}
}
