package dev.edgegateway.broker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The properties of an MQTT 5.0 packet, put together byte by byte. */
public final class Props {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    public static Props none() {
        return new Props();
    }

    public static Props of(int id, long value) {
        return new Props().with(id, value);
    }

    /** A number as wide as the property wants it. */
    public Props with(int id, long value) {
        bytes.write(id);
        int width = switch (id) {
            case 0x01, 0x17, 0x19, 0x24, 0x25, 0x28, 0x29, 0x2A -> 1;
            case 0x13, 0x21, 0x22, 0x23 -> 2;
            case 0x0B -> 0;
            default -> 4;
        };
        if (width == 0) {
            varint(bytes, (int) value);
        }
        for (int i = width - 1; i >= 0; i--) {
            bytes.write((int) (value >> 8 * i));
        }
        return this;
    }

    /** A text, or binary data whose bytes are this text's. */
    public Props with(int id, String text) {
        bytes.write(id);
        string(bytes, text);
        return this;
    }

    public Props user(String name, String value) {
        bytes.write(0x26);
        string(bytes, name);
        string(bytes, value);
        return this;
    }

    /** With the length in front. */
    public byte[] encoded() {
        var out = new ByteArrayOutputStream();
        varint(out, bytes.size());
        out.writeBytes(bytes.toByteArray());
        return out.toByteArray();
    }

    static void varint(ByteArrayOutputStream out, int value) {
        int rest = value;
        do {
            out.write(rest > 127 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
    }

    static void string(ByteArrayOutputStream out, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.write(utf8.length >> 8);
        out.write(utf8.length);
        out.writeBytes(utf8);
    }
}
