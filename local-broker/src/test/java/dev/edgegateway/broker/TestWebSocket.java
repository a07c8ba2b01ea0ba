package dev.edgegateway.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A WebSocket client of bare sockets: it sends the frames it is told, right or wrong. */
final class TestWebSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FIN = 0x80;

    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    private final Socket socket;
    private final DataInputStream in;

    /** One frame as it came. */
    record Frame(int opcode, byte[] payload) {
        @Override
        public String toString() {
            return opcode == CLOSE
                    ? "CLOSE " + ((payload[0] & 255) << 8 | payload[1] & 255)
                    : opcode + " " + HexFormat.of().formatHex(payload);
        }
    }

    TestWebSocket(int port) throws IOException {
        this(new Socket("127.0.0.1", port));
    }

    private TestWebSocket(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(5000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Past 101. */
    static TestWebSocket upgraded(int port) throws IOException {
        TestWebSocket client = new TestWebSocket(port);
        client.send(request("/mqtt", "mqtt"));
        String answer = client.answer();
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(answer);
        }
        return client;
    }

    /** The upgrade, with the key of RFC 6455's example. */
    static String request(String path, String subProtocols) {
        return "GET " + path
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                + (subProtocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subProtocols + "\r\n") + "\r\n";
    }

    TestWebSocket send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.US_ASCII));
    }

    TestWebSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Status line and headers of an answer. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            answer.append((char) in.readUnsignedByte());
        }
        return answer.toString();
    }

    /** @param first opcode, and {@link #FIN} if the message ends here. */
    static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else if (payload.length < 65536) {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        } else {
            out.write(0x80 | 127);
            out.writeBytes(new byte[4]);
            out.write(payload.length >> 24);
            out.write(payload.length >> 16);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(MASK);
        byte[] masked = payload.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= MASK[i % 4];
        }
        out.writeBytes(masked);
        return out.toByteArray();
    }

    TestWebSocket binary(byte[] payload) throws IOException {
        return send(frame(FIN | BINARY, payload));
    }

    Frame next() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        if ((first & FIN) == 0 || length > 1 << 20) {
            throw new IOException("frame " + first + " of " + length + " bytes");
        }
        return new Frame(first & 15, in.readNBytes(length));
    }

    TestWebSocket expect(int opcode, int... payload) throws IOException {
        Frame frame = next();
        byte[] bytes = new byte[payload.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) payload[i];
        }
        if (frame.opcode() != opcode || !Arrays.equals(frame.payload(), bytes)) {
            throw new AssertionError("came " + frame);
        }
        return this;
    }

    boolean isClosedByPeer() throws IOException {
        try {
            while (in.read() >= 0) {
                continue;
            }
            return true;
        } catch (EOFException | SocketException closed) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
