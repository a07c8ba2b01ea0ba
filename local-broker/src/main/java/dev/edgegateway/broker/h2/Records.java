package dev.edgegateway.broker.h2;

import dev.edgegateway.broker.BrokerStore.StoredDelivery;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of what the broker stores. The first byte of each record is the version of its layout: 2 is written, 1, which
 * knew no MQTT 5.0, is read too.
 */
final class Records {
    private static final byte VERSION = 2;
    private static final byte BEFORE_MQTT_5 = 1;
    private static final int RELEASED = 0x80;
    private static final int RETAIN = 0x40;
    private static final int PROPERTIES = 0x20;
    private static final int IDENTIFIERS = 0x10;
    private static final int GRANTED_SHIFT = 2;
    private static final int QOS_MASK = 3;
    private static final int[] NONE = {};

    private Records() {}

    /**
     * version, flags (released, retain, has properties, has identifiers, granted QoS, published QoS), topic length,
     * topic, identifiers, properties, payload.
     */
    static byte[] delivery(Message message, Qos granted, boolean released, int[] identifiers) {
        byte[] topic = message.topic().value().getBytes(StandardCharsets.UTF_8);
        MessageProperties properties = message.properties();
        boolean plain = properties == MessageProperties.EMPTY;
        int flags = (released ? RELEASED : 0)
                | (message.retain() ? RETAIN : 0)
                | (plain ? 0 : PROPERTIES)
                | (identifiers.length == 0 ? 0 : IDENTIFIERS)
                | granted.level() << GRANTED_SHIFT
                | message.qos().level();
        byte[] carried = plain ? new byte[0] : PropertyRecord.write(properties);
        int idBytes = identifiers.length == 0 ? 0 : 2 + 4 * identifiers.length;
        ByteBuffer out = ByteBuffer.allocate(4 + topic.length + idBytes + carried.length + message.payload().length)
                .put(VERSION)
                .put((byte) flags)
                .putShort((short) topic.length)
                .put(topic);
        if (identifiers.length != 0) {
            out.putShort((short) identifiers.length);
            for (int id : identifiers) {
                out.putInt(id);
            }
        }
        return out.put(carried).put(message.payload()).array();
    }

    static StoredDelivery delivery(long sequence, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean first = version(in) == BEFORE_MQTT_5;
        int flags = in.get();
        TopicName topic = new TopicName(PropertyRecord.text(in));
        int[] identifiers = NONE;
        MessageProperties properties = MessageProperties.EMPTY;
        if (!first && (flags & IDENTIFIERS) != 0) {
            identifiers = new int[Short.toUnsignedInt(in.getShort())];
            for (int i = 0; i < identifiers.length; i++) {
                identifiers[i] = in.getInt();
            }
        }
        if (!first && (flags & PROPERTIES) != 0) {
            properties = PropertyRecord.read(in);
        }
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        Message message = new Message(topic, payload, Qos.of(flags & QOS_MASK), (flags & RETAIN) != 0, properties);
        return new StoredDelivery(
                sequence, message, Qos.of(flags >> GRANTED_SHIFT & QOS_MASK), (flags & RELEASED) != 0, identifiers);
    }

    /** The same record with the payload gone: only PUBREL is to come. */
    static byte[] released(byte[] bytes) {
        StoredDelivery delivery = delivery(0, bytes);
        Message empty = new Message(
                delivery.message().topic(), new byte[0], delivery.message().qos(), false);
        return delivery(empty, delivery.qos(), true, NONE);
    }

    static int version(ByteBuffer in) {
        byte version = in.get();
        if (version != VERSION && version != BEFORE_MQTT_5) {
            throw new IllegalStateException("the store holds a record of layout " + version + ", this version reads "
                    + BEFORE_MQTT_5 + " and " + VERSION + ": install the release that wrote it, or a later one");
        }
        return version;
    }

    static boolean isBeforeMqtt5(int version) {
        return version == BEFORE_MQTT_5;
    }

    /** What new records begin with. */
    static byte currentVersion() {
        return VERSION;
    }
}
