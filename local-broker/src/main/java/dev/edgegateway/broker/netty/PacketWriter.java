package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.session.Connection.Terms;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes the small packets a broker sends, as chapter 3 of MQTT 3.1.1 and 5.0 lays them out, straight into a buffer.
 */
final class PacketWriter {
    private static final int UNLIMITED_RECEIVE = 65535;

    private PacketWriter() {}

    static void connack(ByteBuf out, boolean sessionPresent, int code) {
        out.writeByte(0x20).writeByte(2).writeByte(sessionPresent ? 1 : 0).writeByte(code);
    }

    /** CONNACK for 5.0; null terms with a refusal. */
    static void connack5(ByteBuf out, boolean sessionPresent, int code, @Nullable Terms terms) {
        ByteBuf properties = out.alloc().buffer();
        try {
            if (terms != null) {
                terms(properties, terms);
            }
            int length = properties.readableBytes();
            out.writeByte(0x20);
            varint(out, 2 + varintBytes(length) + length);
            out.writeByte(sessionPresent ? 1 : 0).writeByte(code);
            varint(out, length);
            out.writeBytes(properties);
        } finally {
            properties.release();
        }
    }

    private static void terms(ByteBuf out, Terms terms) {
        if (terms.sessionExpirySeconds() != null) {
            out.writeByte(Properties.SESSION_EXPIRY)
                    .writeInt(terms.sessionExpirySeconds().intValue());
        }
        if (terms.receiveMaximum() != UNLIMITED_RECEIVE) {
            out.writeByte(Properties.RECEIVE_MAXIMUM).writeShort(terms.receiveMaximum());
        }
        if (!terms.retainAvailable()) {
            out.writeByte(Properties.RETAIN_AVAILABLE).writeByte(0);
        }
        out.writeByte(Properties.MAXIMUM_PACKET_SIZE).writeInt(terms.maximumPacketSize());
        if (terms.assignedClientId() != null) {
            out.writeByte(Properties.ASSIGNED_CLIENT_ID);
            string(out, terms.assignedClientId());
        }
        if (terms.topicAliasMaximum() != 0) {
            out.writeByte(Properties.TOPIC_ALIAS_MAXIMUM).writeShort(terms.topicAliasMaximum());
        }
        if (terms.serverKeepAliveSeconds() != null) {
            out.writeByte(Properties.SERVER_KEEP_ALIVE).writeShort(terms.serverKeepAliveSeconds());
        }
    }

    /** Four bytes in any version, since success may go unsaid. */
    static void acknowledge(ByteBuf out, int header, int packetId) {
        out.writeInt(header << 24 | 2 << 16 | packetId);
    }

    static void acknowledge5(ByteBuf out, int header, int packetId, int reasonCode) {
        out.writeByte(header).writeByte(3).writeShort(packetId).writeByte(reasonCode);
    }

    /** SUBACK, and UNSUBACK of 5.0. */
    static void codes(ByteBuf out, int header, int packetId, int[] codes, boolean five) {
        out.writeByte(header);
        varint(out, 2 + (five ? 1 : 0) + codes.length);
        out.writeShort(packetId);
        if (five) {
            out.writeByte(0);
        }
        for (int code : codes) {
            out.writeByte(code);
        }
    }

    static void pingresp(ByteBuf out) {
        out.writeShort(0xD000);
    }

    /** DISCONNECT of 5.0. @param why null for none. */
    static void disconnect(ByteBuf out, int reasonCode, @Nullable String why) {
        int text = why == null ? 0 : 3 + ByteBufUtil.utf8Bytes(why);
        out.writeByte(0xE0);
        varint(out, 1 + (text == 0 ? 0 : varintBytes(text) + text));
        out.writeByte(reasonCode);
        if (why != null) {
            varint(out, text);
            out.writeByte(Properties.REASON_STRING);
            string(out, why);
        }
    }

    static void string(ByteBuf out, String text) {
        int bytes = ByteBufUtil.utf8Bytes(text);
        out.writeShort(bytes);
        ByteBufUtil.reserveAndWriteUtf8(out, text, bytes);
    }

    /** MQTT 3.1.1 section 2.2.3: seven bits a byte, lowest first. */
    static void varint(ByteBuf out, int number) {
        int rest = number;
        while (rest > 127) {
            out.writeByte(rest & 127 | 128);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    static int varintBytes(int number) {
        return number < 128 ? 1 : number < 16384 ? 2 : number < 2097152 ? 3 : 4;
    }
}
