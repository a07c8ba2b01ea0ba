package dev.edgegateway.broker.session;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import org.jspecify.annotations.Nullable;

/** One message on its way to one client. */
final class Delivery {
    /** Counts up within the session; 0 for QoS 0, which needs none. The packet id follows from it. */
    final long sequence;

    final Qos qos;
    final boolean retained;

    /** The commit that makes it survive, 0 if it is not to. */
    final long commit;

    /** Gone once PUBREC has come. */
    @Nullable
    Message message;

    /** Whether it may have been sent before, so that DUP must be set. */
    boolean sent;

    Delivery(long sequence, Message message, Qos qos, boolean retained, long commit) {
        this.sequence = sequence;
        this.message = message;
        this.qos = qos;
        this.retained = retained;
        this.commit = commit;
    }

    /** PUBREC has come: only PUBREL may be sent (MQTT 3.1.1 section 4.3.3). */
    boolean released() {
        return message == null;
    }

    /**
     * Follows from the sequence, so that it is the same again after a restart without ever being written.
     *
     * @return 1 to 65535.
     */
    int packetId() {
        return packetId(sequence);
    }

    static int packetId(long sequence) {
        return (int) ((sequence - 1) % 65535) + 1;
    }
}
