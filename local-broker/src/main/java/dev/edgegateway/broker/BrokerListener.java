package dev.edgegateway.broker;

import java.time.Instant;

/** Is told of clients that come and go. Thread: {@code broker}; must not block. */
public interface BrokerListener {
    /** After CONNACK 0. */
    default void connected(ClientInfo client) {}

    /** A CONNECT that was answered with another code, or not at all. */
    default void refused(ConnectRequest request, String why) {}

    /** A connection that was ended before a CONNECT could be understood. */
    default void failed(String listener, String remoteAddress, String why) {}

    /** After the connection ended and before its Will, if any, is published. */
    default void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {}

    /** Counts of one connection, as seen by the broker: read is from the client. */
    record Traffic(long readBytes, long readMessages, long writtenBytes, long writtenMessages) {}

    BrokerListener NONE = new BrokerListener() {};
}
