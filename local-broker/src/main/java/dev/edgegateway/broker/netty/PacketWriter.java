package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes the packets a broker sends, as MQTT 3.1.1 chapter 3 lays them out, straight into a buffer. */
final class PacketWriter {
    private PacketWriter() {}

    static void connack(ByteBuf out, boolean sessionPresent, int returnCode) {
        out.writeByte(0x20).writeByte(2).writeByte(sessionPresent ? 1 : 0).writeByte(returnCode);
    }

    static void publish(ByteBuf out, TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int id) {
        String name = topic.value();
        int topicBytes = ByteBufUtil.utf8Bytes(name);
        int idBytes = qos == Qos.AT_MOST_ONCE ? 0 : 2;
        int remaining = 2 + topicBytes + idBytes + message.payload().length;
        out.ensureWritable(5 + remaining);
        out.writeByte(0x30 | (dup ? 8 : 0) | qos.level() << 1 | (retain ? 1 : 0));
        remainingLength(out, remaining);
        out.writeShort(topicBytes);
        ByteBufUtil.reserveAndWriteUtf8(out, name, topicBytes);
        if (idBytes != 0) {
            out.writeShort(id);
        }
        out.writeBytes(message.payload());
    }

    static void acknowledge(ByteBuf out, int header, int packetId) {
        out.writeInt(header << 24 | 2 << 16 | packetId);
    }

    static void suback(ByteBuf out, int packetId, int[] returnCodes) {
        out.writeByte(0x90);
        remainingLength(out, 2 + returnCodes.length);
        out.writeShort(packetId);
        for (int code : returnCodes) {
            out.writeByte(code);
        }
    }

    static void pingresp(ByteBuf out) {
        out.writeShort(0xD000);
    }

    /** MQTT 3.1.1 section 2.2.3: seven bits a byte, lowest first. */
    private static void remainingLength(ByteBuf out, int length) {
        int rest = length;
        while (rest > 127) {
            out.writeByte(rest & 127 | 128);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }
}
