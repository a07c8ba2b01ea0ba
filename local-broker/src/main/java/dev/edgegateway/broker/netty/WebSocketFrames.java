package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.session.ClientProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/**
 * MQTT's bytes out of binary frames and into them. Where a frame ends means nothing to MQTT (MQTT 5.0 section 6.0), so
 * the parts of a fragmented message are handed on as they come.
 */
final class WebSocketFrames extends ChannelDuplexHandler {
    private final ClientProtocol protocol;
    private WebSocketCloseStatus closing = WebSocketCloseStatus.NORMAL_CLOSURE;
    private boolean closeSent;

    WebSocketFrames(ClientProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
            context.fireChannelRead(((WebSocketFrame) message).content());
            return;
        }
        try {
            switch (message) {
                case PingWebSocketFrame ping -> pong(context, ping);
                case PongWebSocketFrame _ -> {}
                case CloseWebSocketFrame close -> closed(close);
                case WebSocketFrame _ ->
                    end(WebSocketCloseStatus.INVALID_MESSAGE_TYPE, DisconnectReason.PROTOCOL_ERROR);
                default -> {}
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private static void pong(ChannelHandlerContext context, PingWebSocketFrame ping) {
        // Who sends pings and reads no pongs shall not grow a queue of them.
        if (context.channel().isWritable()) {
            context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
    }

    private void closed(CloseWebSocketFrame close) {
        int code = close.statusCode();
        if (WebSocketCloseStatus.isValidStatusCode(code)) {
            closing = WebSocketCloseStatus.valueOf(code);
        }
        protocol.end(DisconnectReason.CONNECTION_LOST);
    }

    private void end(WebSocketCloseStatus status, DisconnectReason reason) {
        closing = status;
        protocol.end(reason);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        context.write(message instanceof ByteBuf bytes ? new BinaryWebSocketFrame(bytes) : message, promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!closeSent && context.channel().isActive()) {
            closeSent = true;
            context.writeAndFlush(new CloseWebSocketFrame(closing));
        }
        context.close(promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            boolean large = corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
            end(corrupted.closeStatus(), large ? DisconnectReason.PACKET_TOO_LARGE : DisconnectReason.MALFORMED_PACKET);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
