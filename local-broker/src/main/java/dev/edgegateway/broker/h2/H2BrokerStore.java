package dev.edgegateway.broker.h2;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The broker's four maps: sessions by number, deliveries and half-received packet ids by session number and sequence or
 * packet id, retained messages by topic. Only the writer's thread changes them.
 */
public final class H2BrokerStore implements BrokerStore {
    /** A key of deliveries and packet ids is the session's number above so many bits of the rest. */
    private static final int SEQUENCE_BITS = 40;

    private static final byte[] NOTED = {};
    private static final int[] NO_IDENTIFIERS = {};

    private final StoreWriter writer;
    private final MVMap<Long, byte[]> sessions;
    private final MVMap<Long, byte[]> deliveries;
    private final MVMap<Long, byte[]> inbound;
    private final MVMap<String, byte[]> retained;

    private H2BrokerStore(MVStore store, StoreWriter writer) {
        this.writer = writer;
        this.sessions = store.openMap("broker.sessions", longMap());
        this.deliveries = store.openMap("broker.deliveries", longMap());
        this.inbound = store.openMap("broker.inbound", longMap());
        this.retained = store.openMap(
                "broker.retained",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** Opens the maps, making those that are missing. */
    public static H2BrokerStore open(MVStore store, StoreWriter writer) {
        return new H2BrokerStore(store, writer);
    }

    private static MVMap.Builder<Long, byte[]> longMap() {
        return new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE);
    }

    private static long key(long session, long sequence) {
        return session << SEQUENCE_BITS | sequence;
    }

    private static long rest(long key) {
        return key & (1L << SEQUENCE_BITS) - 1;
    }

    @Override
    public List<StoredSession> sessions() {
        List<StoredSession> found = new ArrayList<>(sessions.size());
        for (Map.Entry<Long, byte[]> entry : sessions.entrySet()) {
            long number = entry.getKey();
            List<StoredDelivery> pending = new ArrayList<>();
            var cursor = deliveries.cursor(key(number, 0), key(number + 1, 0) - 1, false);
            while (cursor.hasNext()) {
                long key = cursor.next();
                pending.add(Records.delivery(rest(key), cursor.getValue()));
            }
            Set<Integer> packetIds = new HashSet<>();
            inbound.cursor(key(number, 0), key(number + 1, 0) - 1, false)
                    .forEachRemaining(key -> packetIds.add((int) rest(key)));
            found.add(new StoredSession(SessionRecords.read(number, entry.getValue()), pending, packetIds));
        }
        return found;
    }

    @Override
    public List<Message> retained() {
        List<Message> found = new ArrayList<>(retained.size());
        retained.forEach((topic, bytes) -> found.add(Records.delivery(0, bytes).message()));
        return found;
    }

    @Override
    public long saveSession(SessionRecord session, boolean prompt) {
        return writer.submit(() -> sessions.put(session.number(), SessionRecords.write(session)), prompt);
    }

    @Override
    public long deleteSession(long number) {
        return writer.submit(
                () -> {
                    sessions.remove(number);
                    clear(deliveries, number);
                    clear(inbound, number);
                },
                true);
    }

    private static void clear(MVMap<Long, byte[]> map, long number) {
        Long key = map.ceilingKey(key(number, 0));
        while (key != null && key >>> SEQUENCE_BITS == number) {
            map.remove(key);
            key = map.higherKey(key);
        }
    }

    @Override
    public long addDelivery(long session, long sequence, Message message, Qos qos, int[] identifiers) {
        return writer.submit(
                () -> deliveries.put(key(session, sequence), Records.delivery(message, qos, false, identifiers)), true);
    }

    @Override
    public long releaseDelivery(long session, long sequence) {
        return writer.submit(
                () -> deliveries.computeIfPresent(key(session, sequence), (key, bytes) -> Records.released(bytes)),
                true);
    }

    @Override
    public long removeDelivery(long session, long sequence) {
        return writer.submit(() -> deliveries.remove(key(session, sequence)), false);
    }

    @Override
    public long addInbound(long session, int packetId) {
        return writer.submit(() -> inbound.put(key(session, packetId), NOTED), true);
    }

    @Override
    public long removeInbound(long session, int packetId) {
        return writer.submit(() -> inbound.remove(key(session, packetId)), true);
    }

    @Override
    public long retain(Message message) {
        boolean prompt = message.qos() != Qos.AT_MOST_ONCE;
        return writer.submit(
                () -> retained.put(
                        message.topic().value(), Records.delivery(message, message.qos(), false, NO_IDENTIFIERS)),
                prompt);
    }

    @Override
    public long unretain(TopicName topic) {
        return writer.submit(() -> retained.remove(topic.value()), true);
    }
}
