package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.session.PacketException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Feeds what comes from one client to the decoder. Bytes are decoded where they were read; only the beginning of a
 * packet whose end is still to come is kept, and its announced size has passed the limit before.
 */
final class MqttHandler extends ChannelInboundHandlerAdapter {
    private final NettyConnection connection;
    private final ClientProtocol protocol;
    private final PacketDecoder decoder;
    private @Nullable ByteBuf held;
    private boolean decoding;
    private boolean removed;

    MqttHandler(NettyConnection connection, ClientProtocol protocol, PacketDecoder decoder) {
        this.connection = connection;
        this.protocol = protocol;
        this.decoder = decoder;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!(bytes instanceof ByteBuf buffer)) {
            ReferenceCountUtil.release(bytes);
            return;
        }
        connection.read(buffer.readableBytes());
        ByteBuf before = held;
        held = null;
        ByteBuf in = before == null ? buffer : join(before, buffer);
        decoding = true;
        boolean keep = false;
        try {
            decode(in);
            keep = in.isReadable() && protocol.isOpen() && !removed;
        } finally {
            decoding = false;
            if (!keep) {
                in.release();
            }
        }
        if (keep) {
            held = in == buffer ? copy(context, buffer) : in.discardSomeReadBytes();
        }
    }

    private static ByteBuf join(ByteBuf before, ByteBuf more) {
        before.writeBytes(more);
        more.release();
        return before;
    }

    /** What is left of a read buffer, in a buffer of its own, so that a few bytes do not hold a large one. */
    private static ByteBuf copy(ChannelHandlerContext context, ByteBuf buffer) {
        ByteBuf copy = context.alloc().directBuffer(buffer.readableBytes());
        copy.writeBytes(buffer);
        buffer.release();
        return copy;
    }

    private void decode(ByteBuf in) {
        try {
            while (protocol.isOpen() && decoder.decode(in, protocol)) {
                protocol.heard();
            }
        } catch (PacketException violation) {
            protocol.violated(violation, decoder.level());
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            protocol.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        protocol.end(DisconnectReason.CONNECTION_LOST);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        removed = true;
        if (held != null && !decoding) {
            held.release();
            held = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            protocol.end(DisconnectReason.CONNECTION_LOST);
        } else {
            Logger.error(
                    cause,
                    "Packet from {} could not be handled",
                    context.channel().remoteAddress());
            protocol.end(DisconnectReason.CLOSED_BY_SERVER);
        }
    }
}
