package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.MessageProperties.UserProperty;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Writes PUBLISH to one client (MQTT 3.1.1 and 5.0 section 3.3). For a 5.0 client it keeps the topic aliases: the first
 * topics sent get one, up to the number the client takes, and are from then on sent without their name.
 */
final class PublishWriter {
    /** Property id and length of a text. */
    private static final int TEXT_OVERHEAD = 3;

    private static final int LARGEST_REMAINING = 268_435_455;

    private final boolean five;
    private final long maximumPacketSize;
    private final int maxAliases;
    private final LongSupplier nowMillis;
    private final Map<String, Integer> aliases = new HashMap<>(0);

    /**
     * @param maximumPacketSize bytes of the largest packet the client takes.
     * @param maxAliases highest alias that may be used.
     * @param nowMillis the broker's timeline.
     */
    PublishWriter(boolean five, long maximumPacketSize, int maxAliases, LongSupplier nowMillis) {
        this.five = five;
        this.maximumPacketSize = maximumPacketSize;
        this.maxAliases = maxAliases;
        this.nowMillis = nowMillis;
    }

    /** @return false if the packet would be too large for the client; nothing is written then. */
    boolean write(
            ByteBuf out, TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int id, int[] ids) {
        String name = topic.value();
        int alias = 0;
        boolean known = false;
        if (maxAliases > 0) {
            Integer used = aliases.get(name);
            known = used != null;
            alias = used != null ? used : aliases.size() < maxAliases ? aliases.size() + 1 : 0;
        }
        int topicBytes = known ? 0 : ByteBufUtil.utf8Bytes(name);
        int idBytes = qos == Qos.AT_MOST_ONCE ? 0 : 2;
        int propertyBytes = five ? propertyBytes(message.properties(), alias, ids) : 0;
        int remaining = 2
                + topicBytes
                + idBytes
                + (five ? PacketWriter.varintBytes(propertyBytes) + propertyBytes : 0)
                + message.payload().length;
        if (remaining > LARGEST_REMAINING || 1 + PacketWriter.varintBytes(remaining) + remaining > maximumPacketSize) {
            return false;
        }
        if (alias != 0 && !known) {
            aliases.put(name, alias);
        }
        out.ensureWritable(5 + remaining);
        out.writeByte(0x30 | (dup ? 8 : 0) | qos.level() << 1 | (retain ? 1 : 0));
        PacketWriter.varint(out, remaining);
        out.writeShort(topicBytes);
        if (!known) {
            ByteBufUtil.reserveAndWriteUtf8(out, name, topicBytes);
        }
        if (idBytes != 0) {
            out.writeShort(id);
        }
        if (five) {
            PacketWriter.varint(out, propertyBytes);
            if (propertyBytes != 0) {
                properties(out, message.properties(), alias, ids);
            }
        }
        out.writeBytes(message.payload());
        return true;
    }

    private static int propertyBytes(MessageProperties properties, int alias, int[] ids) {
        int bytes = alias == 0 ? 0 : 3;
        for (int id : ids) {
            bytes += 1 + PacketWriter.varintBytes(id);
        }
        if (properties == MessageProperties.EMPTY) {
            return bytes;
        }
        bytes += properties.payloadFormat() == MessageProperties.ABSENT ? 0 : 2;
        bytes += properties.expires() ? 5 : 0;
        if (properties.contentType() != null) {
            bytes += TEXT_OVERHEAD + ByteBufUtil.utf8Bytes(properties.contentType());
        }
        if (properties.responseTopic() != null) {
            bytes += TEXT_OVERHEAD
                    + ByteBufUtil.utf8Bytes(properties.responseTopic().value());
        }
        if (properties.correlationData() != null) {
            bytes += TEXT_OVERHEAD + properties.correlationData().length;
        }
        for (UserProperty property : properties.userProperties()) {
            bytes += 5 + ByteBufUtil.utf8Bytes(property.name()) + ByteBufUtil.utf8Bytes(property.value());
        }
        return bytes;
    }

    private void properties(ByteBuf out, MessageProperties properties, int alias, int[] ids) {
        if (alias != 0) {
            out.writeByte(Properties.TOPIC_ALIAS).writeShort(alias);
        }
        for (int id : ids) {
            out.writeByte(Properties.SUBSCRIPTION_ID);
            PacketWriter.varint(out, id);
        }
        if (properties.payloadFormat() != MessageProperties.ABSENT) {
            out.writeByte(Properties.PAYLOAD_FORMAT).writeByte(properties.payloadFormat());
        }
        if (properties.expires()) {
            out.writeByte(Properties.MESSAGE_EXPIRY).writeInt((int) properties.remainingSeconds(nowMillis.getAsLong()));
        }
        if (properties.contentType() != null) {
            out.writeByte(Properties.CONTENT_TYPE);
            PacketWriter.string(out, properties.contentType());
        }
        if (properties.responseTopic() != null) {
            out.writeByte(Properties.RESPONSE_TOPIC);
            PacketWriter.string(out, properties.responseTopic().value());
        }
        byte[] correlation = properties.correlationData();
        if (correlation != null) {
            out.writeByte(Properties.CORRELATION_DATA).writeShort(correlation.length);
            out.writeBytes(correlation);
        }
        for (UserProperty property : properties.userProperties()) {
            out.writeByte(Properties.USER_PROPERTY);
            PacketWriter.string(out, property.name());
            PacketWriter.string(out, property.value());
        }
    }
}
