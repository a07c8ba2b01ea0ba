package dev.edgegateway.broker;

/**
 * Counters of the broker since its start, and what it holds now.
 *
 * @param clientsConnected open connections past CONNACK.
 * @param sessions connected and remembered clients.
 * @param publishReceived PUBLISH packets from clients and parts of this process.
 * @param publishSent PUBLISH packets to clients.
 * @param publishDropped messages dropped for a full queue or a slow reader.
 * @param queuedMessages waiting for clients.
 * @param queuedBytes topic and payload bytes of those.
 */
public record BrokerStats(
        int clientsConnected,
        int sessions,
        int subscriptions,
        int retained,
        long publishReceived,
        long publishSent,
        long publishDropped,
        long bytesReceived,
        long bytesSent,
        long queuedMessages,
        long queuedBytes) {}
