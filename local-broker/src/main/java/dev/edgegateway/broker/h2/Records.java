package dev.edgegateway.broker.h2;

import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredDelivery;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The bytes of what the broker stores. The first byte of each record is the version of its layout. */
final class Records {
    private static final byte VERSION = 1;
    private static final int RELEASED = 0x80;
    private static final int RETAIN = 0x40;
    private static final int GRANTED_SHIFT = 2;
    private static final int QOS_MASK = 3;

    private Records() {}

    /** version, flags (released, retain, granted QoS, published QoS), topic length, topic, payload. */
    static byte[] delivery(Message message, Qos granted, boolean released) {
        byte[] topic = message.topic().value().getBytes(StandardCharsets.UTF_8);
        int flags = (released ? RELEASED : 0)
                | (message.retain() ? RETAIN : 0)
                | granted.level() << GRANTED_SHIFT
                | message.qos().level();
        return ByteBuffer.allocate(4 + topic.length + message.payload().length)
                .put(VERSION)
                .put((byte) flags)
                .putShort((short) topic.length)
                .put(topic)
                .put(message.payload())
                .array();
    }

    static StoredDelivery delivery(long sequence, byte[] bytes) {
        ByteBuffer in = versioned(bytes);
        int flags = in.get();
        byte[] topic = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(topic);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        Message message = new Message(
                new TopicName(new String(topic, StandardCharsets.UTF_8)),
                payload,
                Qos.of(flags & QOS_MASK),
                (flags & RETAIN) != 0);
        return new StoredDelivery(
                sequence, message, Qos.of(flags >> GRANTED_SHIFT & QOS_MASK), (flags & RELEASED) != 0);
    }

    /** The same record with the payload gone: only PUBREL is to come. */
    static byte[] released(byte[] bytes) {
        StoredDelivery delivery = delivery(0, bytes);
        Message empty = new Message(
                delivery.message().topic(), new byte[0], delivery.message().qos(), false);
        return delivery(empty, delivery.qos(), true);
    }

    /** version, sent through, client id, count of filters, then filter and QoS of each. */
    static byte[] session(SessionRecord session) {
        byte[] clientId = session.clientId().getBytes(StandardCharsets.UTF_8);
        int size = 1 + 8 + 2 + clientId.length + 4;
        Map<byte[], Qos> filters = new LinkedHashMap<>();
        for (Map.Entry<TopicFilter, Qos> entry : session.subscriptions().entrySet()) {
            byte[] filter = entry.getKey().value().getBytes(StandardCharsets.UTF_8);
            filters.put(filter, entry.getValue());
            size += 3 + filter.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size)
                .put(VERSION)
                .putLong(session.sentThrough())
                .putShort((short) clientId.length)
                .put(clientId)
                .putInt(filters.size());
        filters.forEach((filter, qos) ->
                out.put((byte) qos.level()).putShort((short) filter.length).put(filter));
        return out.array();
    }

    static SessionRecord session(long number, byte[] bytes) {
        ByteBuffer in = versioned(bytes);
        long sentThrough = in.getLong();
        String clientId = text(in);
        Map<TopicFilter, Qos> subscriptions = new LinkedHashMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            Qos qos = Qos.of(in.get());
            subscriptions.put(new TopicFilter(text(in)), qos);
        }
        return new SessionRecord(number, clientId, sentThrough, subscriptions);
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static ByteBuffer versioned(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        byte version = in.get();
        if (version != VERSION) {
            throw new IllegalStateException("the store holds a record of layout " + version + ", this version reads "
                    + VERSION + ": install the release that wrote it, or a later one");
        }
        return in;
    }
}
