package dev.edgegateway.broker;

import org.jspecify.annotations.Nullable;

/**
 * A client as it stands: connected, or remembered. A snapshot.
 *
 * @param connection null while the client is away.
 * @param persistent whether its session outlives the process.
 * @param subscriptions filters it holds.
 * @param inFlight QoS 1 and 2 messages sent to it and not yet acknowledged.
 * @param queued messages waiting for it.
 * @param queuedBytes topic, payload and property bytes of those.
 */
public record ClientStatus(
        String clientId,
        @Nullable Connection connection,
        boolean persistent,
        int subscriptions,
        int inFlight,
        int queued,
        long queuedBytes) {

    /**
     * Its connection.
     *
     * @param keepAliveSeconds what the broker holds it to; 0 is no check.
     * @param readMessages PUBLISH packets from the client.
     * @param writtenMessages PUBLISH packets to the client.
     */
    public record Connection(
            ClientInfo client,
            int keepAliveSeconds,
            long readMessages,
            long writtenMessages,
            long readBytes,
            long writtenBytes) {}
}
