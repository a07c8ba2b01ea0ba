package dev.edgegateway.broker;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** MQTT 5.0 packets of a client, and a readable form of those of the broker. */
public final class Packet5 {
    private Packet5() {}

    /** A Will as a client states it. */
    public record Will5(String topic, String payload, int qos, boolean retain, Props props) {}

    public static byte[] connect(String clientId, boolean cleanStart, int keepAlive, Props props, Will5... will) {
        var body = new ByteArrayOutputStream();
        Props.string(body, "MQTT");
        body.write(5);
        int flags = cleanStart ? 2 : 0;
        for (Will5 one : will) {
            flags |= 4 | one.qos() << 3 | (one.retain() ? 0x20 : 0);
        }
        body.write(flags);
        body.write(keepAlive >> 8);
        body.write(keepAlive);
        body.writeBytes(props.encoded());
        Props.string(body, clientId);
        for (Will5 one : will) {
            body.writeBytes(one.props().encoded());
            Props.string(body, one.topic());
            Props.string(body, one.payload());
        }
        return TestClient.packet(0x10, body.toByteArray());
    }

    public static byte[] publish(String topic, String payload, int flags, int id, Props props) {
        var body = new ByteArrayOutputStream();
        Props.string(body, topic);
        if ((flags & 6) != 0) {
            u16(body, id);
        }
        body.writeBytes(props.encoded());
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return TestClient.packet(0x30 | flags, body.toByteArray());
    }

    /** @param filtersAndOptions filter, options, filter, options. */
    public static byte[] subscribe(int id, Props props, Object... filtersAndOptions) {
        var body = new ByteArrayOutputStream();
        u16(body, id);
        body.writeBytes(props.encoded());
        for (int i = 0; i < filtersAndOptions.length; i += 2) {
            Props.string(body, (String) filtersAndOptions[i]);
            body.write((Integer) filtersAndOptions[i + 1]);
        }
        return TestClient.packet(0x82, body.toByteArray());
    }

    public static byte[] unsubscribe(int id, String... filters) {
        var body = new ByteArrayOutputStream();
        u16(body, id);
        body.write(0);
        for (String filter : filters) {
            Props.string(body, filter);
        }
        return TestClient.packet(0xA2, body.toByteArray());
    }

    public static byte[] disconnect(int reason, Props props) {
        var body = new ByteArrayOutputStream();
        body.write(reason);
        body.writeBytes(props.encoded());
        return TestClient.packet(0xE0, body.toByteArray());
    }

    private static void u16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    /**
     * A packet of the broker in one line: {@code CONNACK 0 00 {18=auto-1}}, {@code PUBLISH q1 t x {11=5}}, with {@code d}
     * and {@code r} after the QoS for DUP and retain, codes in hexadecimal, property ids in decimal, no braces if there
     * are none; {@code DISCONNECT 8E} without its reason string.
     */
    public static String words(TestClient.Packet packet) {
        ByteBuffer in = ByteBuffer.wrap(packet.body());
        return switch (packet.type()) {
            case 2 -> "CONNACK " + in.get() + " " + hex(in) + props(in);
            case 3 -> publish(packet, in);
            case 4 -> "PUBACK" + ack(in);
            case 5 -> "PUBREC" + ack(in);
            case 6 -> "PUBREL" + ack(in);
            case 7 -> "PUBCOMP" + ack(in);
            case 9 -> "SUBACK " + u16(in) + props(in) + codes(in);
            case 11 -> "UNSUBACK " + u16(in) + props(in) + codes(in);
            case 13 -> "PINGRESP";
            case 14 -> "DISCONNECT " + (in.hasRemaining() ? hex(in) : "00");
            default -> "type " + packet.type();
        };
    }

    private static String publish(TestClient.Packet packet, ByteBuffer in) {
        String topic = text(in);
        if (packet.qos() > 0) {
            u16(in);
        }
        String props = props(in);
        byte[] payload = new byte[in.remaining()];
        in.get(payload);
        return "PUBLISH q" + packet.qos() + (packet.dup() ? "d" : "") + (packet.retain() ? "r" : "") + " " + topic + " "
                + new String(payload, StandardCharsets.UTF_8) + props;
    }

    private static String ack(ByteBuffer in) {
        return " " + u16(in) + (in.hasRemaining() ? " " + hex(in) : "");
    }

    private static String codes(ByteBuffer in) {
        StringBuilder codes = new StringBuilder();
        while (in.hasRemaining()) {
            codes.append(' ').append(hex(in));
        }
        return codes.toString();
    }

    private static String hex(ByteBuffer in) {
        return "%02X".formatted(in.get());
    }

    private static int u16(ByteBuffer in) {
        return Short.toUnsignedInt(in.getShort());
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[u16(in)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int varint(ByteBuffer in) {
        int value = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.get();
            value |= (digit & 127) << shift;
            shift += 7;
        } while (digit < 0);
        return value;
    }

    private static String props(ByteBuffer in) {
        int end = varint(in) + in.position();
        List<String> props = new ArrayList<>();
        while (in.position() < end) {
            int id = in.get();
            props.add(id
                    + "="
                    + switch (id) {
                        case 0x01, 0x25, 0x24, 0x28, 0x29, 0x2A -> in.get();
                        case 0x02, 0x11, 0x27, 0x18 -> Integer.toUnsignedLong(in.getInt());
                        case 0x13, 0x21, 0x22, 0x23 -> u16(in);
                        case 0x0B -> varint(in);
                        case 0x26 -> text(in) + ":" + text(in);
                        default -> text(in);
                    });
        }
        return props.isEmpty() ? "" : " {" + String.join(", ", props) + "}";
    }
}
