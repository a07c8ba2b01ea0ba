package dev.edgegateway.broker.session;

import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * The way to a connected client. Packets are collected and leave together at the end of the event loop's turn. Reason
 * codes are MQTT 5.0's and left out for older clients.
 */
public interface Connection {
    /** What CONNECT said, before anything is sent. */
    void opened(int protocolLevel, ConnectProperties said);

    /**
     * CONNACK.
     *
     * @param code a return code for 3.1 and 3.1.1, a reason code for 5.0.
     * @param terms what the broker grants a 5.0 client; null with a refusal.
     */
    void connack(boolean sessionPresent, int code, @Nullable Terms terms);

    /**
     * PUBLISH.
     *
     * @param packetId ignored at QoS 0.
     * @param identifiers of the subscriptions; read only.
     * @return false if the client takes no packet of that size, and nothing was sent.
     */
    boolean publish(
            TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int packetId, int[] identifiers);

    /** Sends PUBACK, PUBREC, PUBREL or PUBCOMP. */
    void acknowledge(Ack kind, int packetId, int reasonCode);

    void suback(int packetId, int[] codes);

    /** @param codes one for each filter. */
    void unsuback(int packetId, int[] codes);

    void pingresp();

    /** Sends DISCONNECT to a 5.0 client, nothing to an older one. */
    void disconnect(int reasonCode, String why);

    /** Whether more may be sent now; when it turns true again the connection calls {@link ClientProtocol#writable}. */
    boolean isWritable();

    /** Stops or resumes reading from the client. */
    void reading(boolean on);

    /** Sends what was collected and closes. Idempotent. */
    void close();

    long bytesRead();

    long bytesWritten();

    /** Packets of every kind. */
    long packetsWritten();

    /** PUBLISH packets sent. */
    long publishesWritten();

    /**
     * What a 5.0 client is granted (section 3.2.2.3).
     *
     * @param sessionExpirySeconds null if it is what the client asked for.
     * @param assignedClientId null if the client brought its own.
     * @param serverKeepAliveSeconds null if it is what the client asked for.
     */
    record Terms(
            @Nullable Long sessionExpirySeconds,
            int receiveMaximum,
            boolean retainAvailable,
            int maximumPacketSize,
            @Nullable String assignedClientId,
            int topicAliasMaximum,
            @Nullable Integer serverKeepAliveSeconds) {}

    /** Packets that consist of a packet id and a reason, with their first byte (MQTT 3.1.1 table 2.1). */
    enum Ack {
        PUBACK(0x40),
        PUBREC(0x50),
        PUBREL(0x62),
        PUBCOMP(0x70);

        private final int header;

        Ack(int header) {
            this.header = header;
        }

        public int header() {
            return header;
        }
    }
}
