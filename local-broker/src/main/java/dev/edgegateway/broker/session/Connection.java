package dev.edgegateway.broker.session;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;

/**
 * The way to a connected client. Packets are collected and leave together at the end of the event loop's turn.
 */
public interface Connection {
    void connack(boolean sessionPresent, int returnCode);

    /** @param packetId ignored at QoS 0. */
    void publish(TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int packetId);

    /** Sends PUBACK, PUBREC, PUBREL, PUBCOMP or UNSUBACK. */
    void acknowledge(Ack kind, int packetId);

    void suback(int packetId, int[] returnCodes);

    void pingresp();

    /** Whether more may be sent now; when it turns true again the connection calls {@link ClientProtocol#writable}. */
    boolean isWritable();

    /** Stops or resumes reading from the client. */
    void reading(boolean on);

    /** Sends what was collected and closes. Idempotent. */
    void close();

    long bytesRead();

    long bytesWritten();

    /** PUBLISH packets sent. */
    long publishesWritten();

    /** Packets that consist of a packet id, with their first byte (MQTT 3.1.1 table 2.1). */
    enum Ack {
        PUBACK(0x40),
        PUBREC(0x50),
        PUBREL(0x62),
        PUBCOMP(0x70),
        UNSUBACK(0xB0);

        private final int header;

        Ack(int header) {
            this.header = header;
        }

        public int header() {
            return header;
        }
    }
}
