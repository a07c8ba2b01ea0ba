package dev.edgegateway.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An MQTT client of bare sockets: it sends what it is told, right or wrong, and hands over what comes. */
public final class TestClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 5000;

    private final Socket socket;
    private final DataInputStream in;

    /** One packet as it came. */
    public record Packet(int header, byte[] body) {
        public int type() {
            return header >> 4;
        }

        public int packetId() {
            return type() == 3 ? u16(2 + u16(0)) : u16(0);
        }

        public String topic() {
            return new String(body, 2, u16(0), StandardCharsets.UTF_8);
        }

        public int qos() {
            return header >> 1 & 3;
        }

        public boolean dup() {
            return (header & 8) != 0;
        }

        public boolean retain() {
            return (header & 1) != 0;
        }

        public String payload() {
            int start = 2 + u16(0) + (qos() > 0 ? 2 : 0);
            return new String(body, start, body.length - start, StandardCharsets.UTF_8);
        }

        private int u16(int at) {
            return (body[at] & 255) << 8 | body[at + 1] & 255;
        }

        /** Like {@code PUBACK 7}, for assertions. */
        @Override
        public String toString() {
            return switch (type()) {
                case 2 -> "CONNACK " + body[0] + " " + body[1];
                case 3 -> "PUBLISH " + topic() + " " + payload();
                case 4 -> "PUBACK " + packetId();
                case 5 -> "PUBREC " + packetId();
                case 6 -> "PUBREL " + packetId();
                case 7 -> "PUBCOMP " + packetId();
                case 9 -> "SUBACK " + packetId() + " " + HexFormat.of().formatHex(body, 2, body.length);
                case 11 -> "UNSUBACK " + packetId();
                case 13 -> "PINGRESP";
                default -> "type " + type();
            };
        }
    }

    private TestClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A TCP connection on which nothing was sent yet. */
    public static TestClient raw(int port) throws IOException {
        return new TestClient(port);
    }

    /** Connected, past CONNACK 0. */
    public static TestClient connect(int port, String clientId, boolean clean) throws IOException {
        TestClient client = new TestClient(port);
        client.send(connectPacket(clientId, clean, 0, null));
        Packet connack = client.next();
        if (connack.body()[1] != 0) {
            throw new IOException("refused: " + connack);
        }
        return client;
    }

    /** Connected with MQTT 5.0, past CONNACK 0. */
    public static TestClient connect5(int port, String clientId, boolean cleanStart, Props props, Packet5.Will5... will)
            throws IOException {
        TestClient client = new TestClient(port);
        client.send(Packet5.connect(clientId, cleanStart, 0, props, will));
        Packet connack = client.next();
        if (connack.body()[1] != 0) {
            throw new IOException("refused: " + Packet5.words(connack));
        }
        return client;
    }

    /** Subscribes with MQTT 5.0 and takes the SUBACK. @param filtersAndOptions filter, options, filter, options. */
    public TestClient subscribe5(int id, Props props, Object... filtersAndOptions) throws IOException {
        send(Packet5.subscribe(id, props, filtersAndOptions));
        expectType(9);
        return this;
    }

    /** The next packet as {@link Packet5#words} says it. */
    public String next5() throws IOException {
        return Packet5.words(next());
    }

    public TestClient expect5(String words) throws IOException {
        String came = next5();
        if (!came.equals(words)) {
            throw new AssertionError("expected " + words + ", came " + came);
        }
        return this;
    }

    /** CONNECT; a Will of topic, payload and flags (QoS and retain bits of the connect flags) if not null. */
    public static byte[] connectPacket(String clientId, boolean clean, int keepAlive, Object @Nullable [] will) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        string(body, "MQTT");
        body.write(4);
        body.write((clean ? 2 : 0) | (will == null ? 0 : 4 | (Integer) will[2]));
        body.write(keepAlive >> 8);
        body.write(keepAlive);
        string(body, clientId);
        if (will != null) {
            string(body, (String) will[0]);
            string(body, (String) will[1]);
        }
        return packet(0x10, body.toByteArray());
    }

    public static byte[] publishPacket(String topic, String payload, int qos, boolean retain, boolean dup, int id) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        string(body, topic);
        if (qos > 0) {
            body.write(id >> 8);
            body.write(id);
        }
        body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
        return packet(0x30 | (dup ? 8 : 0) | qos << 1 | (retain ? 1 : 0), body.toByteArray());
    }

    public static byte[] packet(int header, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(header);
        int rest = body.length;
        do {
            out.write(rest > 127 ? rest & 127 | 128 : rest);
            rest >>>= 7;
        } while (rest > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static void string(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(bytes.length >> 8);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    public TestClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** PUBACK, PUBREC, PUBREL, PUBCOMP by their first byte. */
    public TestClient ack(int header, int id) throws IOException {
        return send(new byte[] {(byte) header, 2, (byte) (id >> 8), (byte) id});
    }

    public TestClient publish(String topic, String payload, int qos, int id) throws IOException {
        return send(publishPacket(topic, payload, qos, false, false, id));
    }

    /** Publishes at QoS 1 and waits for the PUBACK. */
    public void publishAndWait(String topic, String payload, int id) throws IOException {
        publish(topic, payload, 1, id);
        expect("PUBACK " + id);
    }

    public TestClient subscribe(int id, int qos, String... filters) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(id >> 8);
        body.write(id);
        for (String filter : filters) {
            string(body, filter);
            body.write(qos);
        }
        send(packet(0x82, body.toByteArray()));
        expectType(9);
        return this;
    }

    public TestClient unsubscribe(int id, String filter) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.write(id >> 8);
        body.write(id);
        string(body, filter);
        send(packet(0xA2, body.toByteArray()));
        return expect("UNSUBACK " + id);
    }

    public Packet next() throws IOException {
        int header = in.readUnsignedByte();
        int length = 0;
        int shift = 0;
        int digit;
        do {
            digit = in.readUnsignedByte();
            length |= (digit & 127) << shift;
            shift += 7;
        } while (digit > 127);
        return new Packet(header, in.readNBytes(length));
    }

    public List<Packet> next(int count) throws IOException {
        List<Packet> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            packets.add(next());
        }
        return packets;
    }

    public TestClient expect(String packet) throws IOException {
        String came = next().toString();
        if (!came.equals(packet)) {
            throw new AssertionError("expected " + packet + ", came " + came);
        }
        return this;
    }

    public Packet expectType(int type) throws IOException {
        Packet packet = next();
        if (packet.type() != type) {
            throw new AssertionError("expected type " + type + ", came " + packet);
        }
        return packet;
    }

    /** Asserts that all that came before now is nothing: a PINGREQ is answered first. */
    public TestClient expectNothing() throws IOException {
        send(new byte[] {(byte) 0xC0, 0});
        return expect("PINGRESP");
    }

    /** Asserts that the broker closes the connection without another byte. */
    public void expectEnd() throws IOException {
        int first = in.read();
        if (first >= 0) {
            throw new AssertionError("expected the end, came 0x" + Integer.toHexString(first));
        }
    }

    /** Whether the broker closes the connection, whatever it sends before. */
    public boolean isClosedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    /** Ends the TCP connection without DISCONNECT, with a reset. */
    public void drop() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** DISCONNECT, then the end. */
    public void disconnect() throws IOException {
        send(new byte[] {(byte) 0xE0, 0});
        isClosedByPeer();
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
