package dev.edgegateway.gateway.control;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines over a connection: text in UTF-8, a line feed after each. */
final class ControlConnection {
    private ControlConnection() {}

    /**
     * Reads one line.
     *
     * @throws ProtocolException if it is longer than allowed, or the other side closed before its end.
     */
    static String readLine(SocketChannel channel, int maxBytes) throws IOException {
        byte[] line = new byte[Math.min(maxBytes, 4096)];
        int length = 0;
        while (true) {
            if (length == line.length) {
                if (length == maxBytes) {
                    throw new ProtocolException("a line of more than " + maxBytes + " bytes");
                }
                line = Arrays.copyOf(line, Math.min(maxBytes, 2 * length));
            }
            int read = channel.read(ByteBuffer.wrap(line, length, line.length - length));
            if (read < 0) {
                throw new ProtocolException("the connection was closed in the middle of a line");
            }
            for (int i = length; i < length + read; i++) {
                if (line[i] == '\n') {
                    return new String(line, 0, i, StandardCharsets.UTF_8);
                }
            }
            length += read;
        }
    }

    static void writeLine(SocketChannel channel, String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads until the other side has closed: closing before it has would take back the answer (Linux resets). */
    static void skipRest(SocketChannel channel) throws IOException {
        ByteBuffer rest = ByteBuffer.allocate(1024);
        while (channel.read(rest) >= 0) {
            rest.clear();
        }
    }
}
