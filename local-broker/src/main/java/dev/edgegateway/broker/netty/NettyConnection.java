package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.session.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import org.jspecify.annotations.Nullable;

/**
 * Packets to one client, gathered in one buffer that is written once at the end of the loop's turn: many small packets
 * cost one system call.
 */
final class NettyConnection implements Connection {
    private static final int INITIAL_BYTES = 1024;
    /** Gathered bytes above which the buffer is written at once. */
    private static final int FLUSH_BYTES = 64 * 1024;

    private final Channel channel;
    private final FlushQueue flushQueue;
    private @Nullable ByteBuf gathered;
    private boolean closed;
    private long bytesRead;
    private long bytesWritten;
    private long publishesWritten;

    NettyConnection(Channel channel, FlushQueue flushQueue) {
        this.channel = channel;
        this.flushQueue = flushQueue;
    }

    private ByteBuf out() {
        ByteBuf buffer = gathered;
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(INITIAL_BYTES);
            gathered = buffer;
            flushQueue.add(this);
        }
        return buffer;
    }

    @Override
    public void connack(boolean sessionPresent, int returnCode) {
        if (!closed) {
            PacketWriter.connack(out(), sessionPresent, returnCode);
        }
    }

    @Override
    public void publish(TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int packetId) {
        if (closed) {
            return;
        }
        ByteBuf buffer = out();
        PacketWriter.publish(buffer, topic, message, qos, dup, retain, packetId);
        publishesWritten++;
        if (buffer.readableBytes() > FLUSH_BYTES) {
            flush();
        }
    }

    @Override
    public void acknowledge(Ack kind, int packetId) {
        if (!closed) {
            PacketWriter.acknowledge(out(), kind.header(), packetId);
        }
    }

    @Override
    public void suback(int packetId, int[] returnCodes) {
        if (!closed) {
            PacketWriter.suback(out(), packetId, returnCodes);
        }
    }

    @Override
    public void pingresp() {
        if (!closed) {
            PacketWriter.pingresp(out());
        }
    }

    /** Hands what was gathered to the channel. */
    void flush() {
        ByteBuf buffer = gathered;
        if (buffer != null) {
            gathered = null;
            bytesWritten += buffer.readableBytes();
            channel.writeAndFlush(buffer, channel.voidPromise());
        }
    }

    void read(int bytes) {
        bytesRead += bytes;
    }

    @Override
    public boolean isWritable() {
        return !closed && channel.isWritable();
    }

    @Override
    public void reading(boolean on) {
        channel.config().setAutoRead(on);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            ByteBuf buffer = gathered;
            gathered = null;
            if (buffer != null && channel.isWritable()) {
                channel.writeAndFlush(buffer).addListener(ChannelFutureListener.CLOSE);
                return;
            }
            // A client that does not read would keep the channel open until the last byte has left.
            if (buffer != null) {
                buffer.release();
            }
            channel.close();
        }
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long bytesWritten() {
        return bytesWritten;
    }

    @Override
    public long publishesWritten() {
        return publishesWritten;
    }
}
