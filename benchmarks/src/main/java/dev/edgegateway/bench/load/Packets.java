package dev.edgegateway.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The packets a client sends, laid out as in MQTT 3.1.1 chapter 3, and their numbers. */
final class Packets {
    static final int CONNACK = 0x20;
    static final int PUBLISH = 0x30;
    static final int PUBACK = 0x40;
    static final int PUBREC = 0x50;
    static final int PUBREL = 0x62;
    static final int PUBCOMP = 0x70;
    static final int SUBACK = 0x90;
    static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    /** No keep alive: a measured run needs no PINGREQ. */
    private static final int NO_KEEP_ALIVE = 0;

    private static final int CLEAN_SESSION = 2;

    private Packets() {}

    static byte[] connect(String clientId) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(4);
        body.write(CLEAN_SESSION);
        number(body, NO_KEEP_ALIVE);
        text(body, clientId);
        return packet(0x10, body);
    }

    static byte[] subscribe(int packetId, String filter, int qos) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        number(body, packetId);
        text(body, filter);
        body.write(qos);
        return packet(0x82, body);
    }

    /** A PUBLISH whose packet id, at QoS 1 and 2, and first payload bytes are still to be filled in. */
    static byte[] publish(String topic, int payloadBytes, int qos) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, topic);
        if (qos > 0) {
            number(body, 0);
        }
        for (int i = 0; i < payloadBytes; i++) {
            body.write('a' + i % 26);
        }
        return packet(PUBLISH | qos << 1, body);
    }

    /** PUBACK, PUBREC, PUBREL or PUBCOMP, as the four bytes it has. */
    static int acknowledgement(int header, int packetId) {
        return header << 24 | 2 << 16 | packetId;
    }

    /**
     * Reads one packet of a handshake, blocking.
     *
     * @return what follows the remaining length.
     * @throws IOException if another packet comes, or none.
     */
    static byte[] await(InputStream in, int header) throws IOException {
        DataInputStream data = new DataInputStream(in);
        int first = data.read();
        if (first < 0) {
            throw new EOFException("the broker closed the connection");
        }
        if (first != header) {
            throw new IOException("packet 0x%02x where 0x%02x was due".formatted(first, header));
        }
        int length = data.readUnsignedByte();
        if (length > 127) {
            throw new IOException("packet 0x%02x is longer than it can be".formatted(first));
        }
        byte[] body = new byte[length];
        data.readFully(body);
        return body;
    }

    private static byte[] packet(int header, ByteArrayOutputStream body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(header);
        int rest = body.size();
        while (rest > 127) {
            packet.write(rest & 127 | 128);
            rest >>>= 7;
        }
        packet.write(rest);
        try {
            body.writeTo(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
