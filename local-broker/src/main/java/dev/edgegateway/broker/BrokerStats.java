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
 * @param messagesExpired messages whose time was over before they could be delivered.
 * @param messagesTooLarge messages not sent because the client takes no packet of that size.
 * @param sessionsExpired sessions whose client did not come back in time.
 * @param refused what met a bound or broke a rule.
 * @param detail the finer figures.
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
        long queuedBytes,
        long messagesExpired,
        long messagesTooLarge,
        long sessionsExpired,
        Refused refused,
        Detail detail) {

    /**
     * What was turned away since the start.
     *
     * @param connections closed because there were too many.
     * @param silentConnections closed because no CONNECT came in time.
     * @param subscriptions filters past the bound of their client, or with too many levels.
     * @param retained messages not kept because there are too many topics.
     * @param violations connections closed because their client broke the protocol, sent too large a packet or too many
     *     messages at once.
     */
    public record Refused(
            long connections, long silentConnections, long subscriptions, long retained, long violations) {
        public static final Refused NOTHING = new Refused(0, 0, 0, 0, 0);
    }

    /**
     * What only operators ask for.
     *
     * @param connections open connections, past CONNACK or not.
     * @param clientsMaximum the most connected and remembered clients there were at once.
     * @param connectionsOpened connections accepted since the start.
     * @param connects CONNECT packets since the start.
     * @param packetsReceived packets of every kind from clients.
     * @param packetsSent packets of every kind to clients.
     * @param publishBytesReceived payload bytes of PUBLISH packets from clients.
     * @param publishBytesSent payload bytes of PUBLISH packets to clients.
     * @param retainedBytes topic, payload and property bytes of all retained messages.
     * @param sharedSubscriptions memberships in shared subscriptions.
     */
    public record Detail(
            int connections,
            int clientsMaximum,
            long connectionsOpened,
            long connects,
            long packetsReceived,
            long packetsSent,
            long publishBytesReceived,
            long publishBytesSent,
            long retainedBytes,
            int sharedSubscriptions) {
        static final Detail NONE = new Detail(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** With nothing expired, too large or refused. */
    public BrokerStats(
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
            long queuedBytes) {
        this(
                clientsConnected,
                sessions,
                subscriptions,
                retained,
                publishReceived,
                publishSent,
                publishDropped,
                bytesReceived,
                bytesSent,
                queuedMessages,
                queuedBytes,
                0,
                0,
                0,
                Refused.NOTHING,
                Detail.NONE);
    }
}
