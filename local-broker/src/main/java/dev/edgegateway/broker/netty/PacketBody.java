package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.session.PacketException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * Reads the data representations of MQTT (5.0 section 1.5) from one packet, never past its end. Used for one packet
 * after the other on thread {@code broker}.
 */
final class PacketBody {
    private static final int MAX_STRING_BYTES = 65535;

    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private byte[] scratch = new byte[256];
    private ByteBuf in;
    private int end;

    PacketBody(ByteBuf empty) {
        this.in = empty;
    }

    /** Starts on a packet whose rest is the next so many bytes of the buffer. */
    void begin(ByteBuf buffer, int length) {
        in = buffer;
        end = buffer.readerIndex() + length;
    }

    int left() {
        return end - in.readerIndex();
    }

    private void need(int bytes) {
        if (left() < bytes) {
            throw PacketException.malformed("the packet is shorter than what it announces");
        }
    }

    /** Everything has been read. */
    void finish() {
        if (left() != 0) {
            throw PacketException.malformed("bytes after the end of the packet");
        }
    }

    int u8() {
        need(1);
        return in.readUnsignedByte();
    }

    int u16() {
        need(2);
        return in.readUnsignedShort();
    }

    long u32() {
        need(4);
        return in.readUnsignedInt();
    }

    /** 1 to 65535. */
    int packetId() {
        int id = u16();
        if (id == 0) {
            throw PacketException.malformed("packet id 0");
        }
        return id;
    }

    /** A number of one to four bytes (5.0 section 1.5.5), in as few of them as it needs. */
    int varint() {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int digit = u8();
            value |= (digit & 127) << shift;
            if (digit < 128) {
                if (digit == 0 && shift > 0) {
                    throw PacketException.malformed("a length written longer than it needs");
                }
                return value;
            }
        }
        throw PacketException.malformed("a length of more than four bytes");
    }

    byte[] binary() {
        int length = u16();
        need(length);
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return bytes;
    }

    /** All that is left of the packet. */
    byte[] rest() {
        byte[] bytes = new byte[left()];
        in.readBytes(bytes);
        return bytes;
    }

    /** Reads a string's bytes into {@link #scratch()}. @return how many there are. */
    int stringBytes() {
        int length = u16();
        need(length);
        if (scratch.length < length) {
            scratch = new byte[length <= 4096 ? 4096 : MAX_STRING_BYTES];
        }
        in.readBytes(scratch, 0, length);
        return length;
    }

    byte[] scratch() {
        return scratch;
    }

    /** A UTF-8 string as section 1.5.4 demands: no overlong forms, no surrogates, no U+0000. */
    String string() {
        return text(stringBytes());
    }

    /** The first bytes of {@link #scratch()} as text. */
    String text(int length) {
        byte[] bytes = scratch;
        for (int i = 0; i < length; i++) {
            if (bytes[i] <= 0) {
                return strict(length);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private String strict(int length) {
        try {
            CharBuffer text = utf8.decode(ByteBuffer.wrap(scratch, 0, length));
            String result = text.toString();
            if (result.indexOf(0) >= 0) {
                throw PacketException.malformed("U+0000 in a string");
            }
            return result;
        } catch (CharacterCodingException e) {
            throw PacketException.malformed("a string that is not UTF-8");
        }
    }
}
