package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.session.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.function.LongSupplier;
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
    private final int sentTopicAliases;
    private final LongSupplier nowMillis;
    private PublishWriter publishes;
    private long maximumPacketSize = Long.MAX_VALUE;
    private boolean five;
    private @Nullable ByteBuf gathered;
    private boolean closed;
    private long bytesRead;
    private long bytesWritten;
    private long packetsWritten;
    private long publishesWritten;

    /** @param nowMillis the broker's timeline. */
    NettyConnection(Channel channel, FlushQueue flushQueue, BrokerSettings settings, LongSupplier nowMillis) {
        this.channel = channel;
        this.flushQueue = flushQueue;
        this.sentTopicAliases = settings.limits().sentTopicAliases();
        this.nowMillis = nowMillis;
        this.publishes = new PublishWriter(false, Long.MAX_VALUE, 0, nowMillis);
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
    public void opened(int protocolLevel, ConnectProperties said) {
        five = protocolLevel == 5;
        if (five) {
            maximumPacketSize = said.maximumPacketSize();
            int aliases = Math.min(said.topicAliasMaximum(), sentTopicAliases);
            publishes = new PublishWriter(true, maximumPacketSize, aliases, nowMillis);
        }
    }

    @Override
    public void connack(boolean sessionPresent, int code, @Nullable Terms terms) {
        if (closed) {
            return;
        }
        if (!five) {
            PacketWriter.connack(out(), sessionPresent, code);
            packetsWritten++;
            return;
        }
        int start = out().writerIndex();
        PacketWriter.connack5(out(), sessionPresent, code, terms);
        packetsWritten++;
        if (takeBackIfTooLarge(start)) {
            // Without CONNACK nothing else may be sent, so there is nothing to stay for.
            close();
        }
    }

    /** Removes the packet written from here on if the client does not take that much. @return whether it is gone. */
    private boolean takeBackIfTooLarge(int start) {
        ByteBuf buffer = out();
        boolean tooLarge = buffer.writerIndex() - start > maximumPacketSize;
        if (tooLarge) {
            packetsWritten--;
            buffer.writerIndex(start);
        }
        return tooLarge;
    }

    @Override
    public boolean publish(
            TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int packetId, int[] identifiers) {
        if (closed) {
            return true;
        }
        ByteBuf buffer = out();
        if (!publishes.write(buffer, topic, message, qos, dup, retain, packetId, identifiers)) {
            return false;
        }
        packetsWritten++;
        publishesWritten++;
        if (buffer.readableBytes() > FLUSH_BYTES) {
            flush();
        }
        return true;
    }

    @Override
    public void acknowledge(Ack kind, int packetId, int reasonCode) {
        if (closed) {
            return;
        }
        packetsWritten++;
        if (five && reasonCode != 0) {
            PacketWriter.acknowledge5(out(), kind.header(), packetId, reasonCode);
        } else {
            PacketWriter.acknowledge(out(), kind.header(), packetId);
        }
    }

    @Override
    public void suback(int packetId, int[] codes) {
        if (!closed) {
            int start = out().writerIndex();
            PacketWriter.codes(out(), 0x90, packetId, codes, five);
            packetsWritten++;
            takeBackIfTooLarge(start);
        }
    }

    @Override
    public void unsuback(int packetId, int[] codes) {
        if (closed) {
            return;
        }
        packetsWritten++;
        if (five) {
            int start = out().writerIndex();
            PacketWriter.codes(out(), 0xB0, packetId, codes, true);
            takeBackIfTooLarge(start);
        } else {
            PacketWriter.acknowledge(out(), 0xB0, packetId);
        }
    }

    @Override
    public void pingresp() {
        if (!closed) {
            PacketWriter.pingresp(out());
            packetsWritten++;
        }
    }

    @Override
    public void disconnect(int reasonCode, String why) {
        if (!closed && five) {
            // Header, reason code and the property's own bytes around the text.
            boolean fits = 10 + 3 * why.length() <= maximumPacketSize;
            PacketWriter.disconnect(out(), reasonCode, fits ? why : null);
            packetsWritten++;
        }
    }

    /** Hands what was gathered to the channel. */
    void flush() {
        ByteBuf buffer = gathered;
        if (buffer != null) {
            gathered = null;
            if (!buffer.isReadable()) {
                buffer.release();
                return;
            }
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
            if (buffer != null && buffer.isReadable() && channel.isWritable()) {
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
    public long packetsWritten() {
        return packetsWritten;
    }

    @Override
    public long publishesWritten() {
        return publishesWritten;
    }
}
