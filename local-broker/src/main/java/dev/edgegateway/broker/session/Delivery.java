package dev.edgegateway.broker.session;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.routing.SharedGroup;
import org.jspecify.annotations.Nullable;

/** One message on its way to one client. */
final class Delivery {
    /** Counts up within the session; 0 for QoS 0, which needs none. The packet id follows from it. */
    final long sequence;

    final Qos qos;

    /** The retain flag the client is to see. */
    final boolean retain;

    /** The commit that makes it survive, 0 if it is not to. */
    final long commit;

    /** Of the subscriptions it comes from; shared, read only. */
    final int[] identifiers;

    /** The group it came through, to which it goes back if the client leaves for good. */
    final @Nullable SharedGroup group;

    /** Gone once PUBREC has come. */
    @Nullable
    Message message;

    /** Whether it may have been sent before, so that DUP must be set. */
    boolean sent;

    /** The connection it was sent on last, counted within the session. */
    int connection;

    Delivery(
            long sequence,
            Message message,
            Qos qos,
            boolean retain,
            long commit,
            int[] identifiers,
            @Nullable SharedGroup group) {
        this.sequence = sequence;
        this.message = message;
        this.qos = qos;
        this.retain = retain;
        this.commit = commit;
        this.identifiers = identifiers;
        this.group = group;
    }

    /** PUBREC has come: only PUBREL may be sent (MQTT 3.1.1 section 4.3.3). */
    boolean released() {
        return message == null;
    }

    /** Whether its time was over before it was ever sent. */
    boolean isExpired(Timeline timeline) {
        Message held = message;
        return held != null
                && !sent
                && held.properties().expires()
                && held.properties().isExpired(timeline.getAsLong());
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
