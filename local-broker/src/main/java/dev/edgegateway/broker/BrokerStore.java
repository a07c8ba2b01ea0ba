package dev.edgegateway.broker;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker keeps what must survive: persistent sessions with what is on its way to and from them, and retained
 * messages.
 *
 * <p>Thread: {@code broker}; no method blocks. A change is handed over and answered with the number of the commit that
 * covers it ({@link LocalBroker#committedThrough}); numbers are above 0 and never fall, {@link #NOTHING} means there is
 * nothing to wait for.
 */
public interface BrokerStore {
    /** No commit to wait for. */
    long NOTHING = 0;

    /** What a session was when the store was last written. Read once, when the broker opens. */
    List<StoredSession> sessions();

    /** Every retained message. Read once, when the broker opens. */
    List<Message> retained();

    /** Writes a session's record, new or changed. */
    long saveSession(SessionRecord session, boolean prompt);

    /** Forgets a session and all that belongs to it. */
    long deleteSession(long number);

    /**
     * Keeps a message for a session until it has acknowledged it.
     *
     * @param message with the retain flag the client is to see.
     * @param identifiers of the subscriptions it comes from; read only.
     */
    long addDelivery(long session, long sequence, Message message, Qos qos, int[] identifiers);

    /** Notes that the session has answered PUBREC: only PUBREL may be sent from now on. */
    long releaseDelivery(long session, long sequence);

    /** Forgets a message the session has acknowledged, or that was dropped. Never prompt: at worst it is sent again. */
    long removeDelivery(long session, long sequence);

    /** Notes the packet id of a QoS 2 message received and not yet released, so that a repeat is recognised. */
    long addInbound(long session, int packetId);

    /** Forgets such a packet id. */
    long removeInbound(long session, int packetId);

    /** Keeps a message as the retained one of its topic. */
    long retain(Message message);

    /** Forgets the retained message of a topic. */
    long unretain(TopicName topic);

    /**
     * The part of a session that is written as one.
     *
     * @param number names the session in the store, 1 to 2^23-1.
     * @param sentThrough the highest sequence sent to the client when it left; {@link #UNKNOWN} while it is connected.
     * @param expirySeconds how long it outlives its connection, above 0; {@link ConnectProperties#FOREVER} without end.
     * @param expiresAtMillis when it ends on the broker's timeline; 0 while it is connected or if it does not end.
     * @param will what is to be published if the client does not come back.
     */
    record SessionRecord(
            long number,
            String clientId,
            long sentThrough,
            Map<TopicFilter, SubscriptionOptions> subscriptions,
            long expirySeconds,
            long expiresAtMillis,
            @Nullable StoredWill will) {
        public static final long UNKNOWN = -1;

        public SessionRecord {
            subscriptions = Map.copyOf(subscriptions);
        }
    }

    /**
     * A Will with its inner topic.
     *
     * @param dueAtMillis when it is to be published, on the broker's timeline; 0 while the client is connected.
     */
    record StoredWill(Will will, long dueAtMillis) {}

    /**
     * A message on its way to a session.
     *
     * @param message with the retain flag the client is to see.
     * @param released whether PUBREC has come, so that only PUBREL remains to be sent.
     * @param identifiers of the subscriptions it comes from.
     */
    record StoredDelivery(long sequence, Message message, Qos qos, boolean released, int[] identifiers) {}

    /**
     * A session with what belongs to it.
     *
     * @param deliveries by rising sequence.
     */
    record StoredSession(SessionRecord record, List<StoredDelivery> deliveries, Set<Integer> inbound) {}

    /** Keeps nothing. */
    BrokerStore NONE = new BrokerStore() {
        @Override
        public List<StoredSession> sessions() {
            return List.of();
        }

        @Override
        public List<Message> retained() {
            return List.of();
        }

        @Override
        public long saveSession(SessionRecord session, boolean prompt) {
            return NOTHING;
        }

        @Override
        public long deleteSession(long number) {
            return NOTHING;
        }

        @Override
        public long addDelivery(long session, long sequence, Message message, Qos qos, int[] identifiers) {
            return NOTHING;
        }

        @Override
        public long releaseDelivery(long session, long sequence) {
            return NOTHING;
        }

        @Override
        public long removeDelivery(long session, long sequence) {
            return NOTHING;
        }

        @Override
        public long addInbound(long session, int packetId) {
            return NOTHING;
        }

        @Override
        public long removeInbound(long session, int packetId) {
            return NOTHING;
        }

        @Override
        public long retain(Message message) {
            return NOTHING;
        }

        @Override
        public long unretain(TopicName topic) {
            return NOTHING;
        }
    };
}
