package dev.edgegateway.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One connection with its buffers: CONNECT and SUBSCRIBE while it blocks, then packets by the bufferful. */
final class Wire implements AutoCloseable {
    private static final int HANDSHAKE_MILLIS = 10_000;
    /** Holds the largest packet, and some thousand small ones. */
    private static final int BUFFER_BYTES = 256 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private @Nullable SelectionKey key;

    private Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects, with CONNACK 0. */
    static Wire connect(InetSocketAddress broker, String clientId) throws IOException {
        Wire wire = new Wire(SocketChannel.open());
        try {
            wire.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            wire.channel.connect(broker);
            wire.channel.socket().setSoTimeout(HANDSHAKE_MILLIS);
            wire.sendNow(Packets.connect(clientId));
            byte[] connack = Packets.await(wire.channel.socket().getInputStream(), Packets.CONNACK);
            if (connack.length != 2 || connack[1] != 0) {
                throw new IOException("CONNACK refuses " + clientId);
            }
            return wire;
        } catch (IOException failure) {
            wire.close();
            throw failure;
        }
    }

    /** Subscribes, blocking until SUBACK has granted the level; only before {@link #register}. */
    void subscribe(String filter, int qos) throws IOException {
        sendNow(Packets.subscribe(1, filter, qos));
        byte[] suback = Packets.await(channel.socket().getInputStream(), Packets.SUBACK);
        if (suback.length != 3 || suback[2] != qos) {
            throw new IOException("SUBACK does not grant QoS " + qos + " on " + filter);
        }
    }

    private void sendNow(byte[] packet) throws IOException {
        channel.socket().getOutputStream().write(packet);
    }

    /** From here on nothing blocks. */
    void register(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false);
        key = channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /** Where packets to be sent are put; {@link #flush} sends them. */
    ByteBuffer out() {
        return out;
    }

    /** Whether something waits because the broker takes no more. */
    boolean isBlocked() {
        return out.position() > 0;
    }

    /** Reads what is there and hands over the whole packets in it. */
    void read(PacketReader.Sink sink) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the broker closed the connection");
        }
        in.flip();
        PacketReader.read(in, sink);
        in.compact();
    }

    /** Sends what was put, as far as the broker takes it; the rest when it takes more. */
    void flush() throws IOException {
        if (out.position() > 0) {
            out.flip();
            channel.write(out);
            out.compact();
        }
        SelectionKey registered = key;
        if (registered != null) {
            int interest = isBlocked() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (registered.interestOps() != interest) {
                registered.interestOps(interest);
            }
        }
    }

    /** Says DISCONNECT if there is room for it, and closes. */
    @Override
    public void close() throws IOException {
        try (channel) {
            if (channel.isConnected() && !isBlocked()) {
                channel.write(ByteBuffer.wrap(Packets.DISCONNECT));
            }
        } catch (IOException alreadyGone) {
            // The connection was to end, and has.
            return;
        }
    }
}
