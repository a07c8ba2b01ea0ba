package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.session.ClientProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that becomes a WebSocket (RFC 6455 section 4.2), or is answered with what is wrong with it. In both
 * cases nothing of HTTP is left afterwards.
 */
final class WebSocketUpgrade extends ChannelInboundHandlerAdapter {
    private static final int MAX_LINE_BYTES = 2048;
    private static final int MAX_HEADER_BYTES = 8192;
    /** MQTT 5.0 section 6.0 and the name MQTT 3.1 had. */
    private static final List<String> SUB_PROTOCOLS = List.of("mqtt", "mqttv3.1");
    /** RFC 6455 section 1.3. */
    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;

    private final String path;
    private final int maxFrameBytes;
    private final ClientProtocol protocol;
    private @Nullable HttpRequest sound;
    private boolean answered;

    WebSocketUpgrade(String path, int maxFrameBytes, ClientProtocol protocol) {
        this.path = path;
        this.maxFrameBytes = maxFrameBytes;
        this.protocol = protocol;
    }

    /** What stands before it in the pipeline. */
    static HttpServerCodec codec() {
        return new HttpServerCodec(
                new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE_BYTES).setMaxHeaderSize(MAX_HEADER_BYTES));
    }

    /** An answer other than 101. */
    private record Refusal(HttpResponseStatus status, String why) {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (answered) {
                return;
            }
            if (message instanceof HttpRequest request) {
                Refusal refusal = examine(request);
                if (refusal != null) {
                    refuse(context, refusal);
                    return;
                }
                sound = request;
            }
            if (message instanceof LastHttpContent && sound != null) {
                upgrade(context, sound);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private @Nullable Refusal examine(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            Throwable cause = request.decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) {
                return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
            }
            if (cause instanceof TooLongHttpHeaderException) {
                return new Refusal(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large");
            }
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "this is no HTTP request");
        }
        if (!pathOf(request.uri()).equals(path)) {
            return new Refusal(HttpResponseStatus.NOT_FOUND, "MQTT over WebSocket is at " + path);
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return new Refusal(HttpResponseStatus.METHOD_NOT_ALLOWED, "a WebSocket begins with GET");
        }
        var headers = request.headers();
        boolean asks = headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
                && HttpVersion.HTTP_1_1.equals(request.protocolVersion());
        if (!asks || !"13".equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return new Refusal(HttpResponseStatus.UPGRADE_REQUIRED, "this is for WebSocket version 13 over HTTP/1.1");
        }
        if (HttpUtil.isTransferEncodingChunked(request) || HttpUtil.getContentLength(request, 0L) != 0) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "an upgrade has no body");
        }
        if (!isKey(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY))) {
            return new Refusal(HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Key is not 16 bytes in Base64");
        }
        if (subProtocol(request) == null) {
            return new Refusal(
                    HttpResponseStatus.BAD_REQUEST, "Sec-WebSocket-Protocol names neither mqtt nor mqttv3.1");
        }
        return null;
    }

    private static String pathOf(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static boolean isKey(@Nullable String key) {
        try {
            return key != null && Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The first the client offers and that is known here. */
    private static @Nullable String subProtocol(HttpRequest request) {
        for (String line : request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            for (String offered : line.split(",", -1)) {
                if (SUB_PROTOCOLS.contains(offered.strip())) {
                    return offered.strip();
                }
            }
        }
        return null;
    }

    private void upgrade(ChannelHandlerContext context, HttpRequest request) {
        answered = true;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.SWITCHING_PROTOCOLS,
                context.alloc().buffer(0));
        String key =
                request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "").strip();
        String subProtocol = subProtocol(request);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, accept(key))
                .set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subProtocol == null ? "" : subProtocol);
        context.writeAndFlush(response);
        WebSocketDecoderConfig config = WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowMaskMismatch(false)
                .allowExtensions(false)
                .maxFramePayloadLength(maxFrameBytes)
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
        context.pipeline().addAfter(context.name(), "frames", new WebSocketFrames(protocol));
        context.pipeline().addAfter(context.name(), "frame-decoder", new WebSocket13FrameDecoder(config));
        context.pipeline().addAfter(context.name(), "frame-encoder", new WebSocket13FrameEncoder(false));
        // The codec goes last: it hands on what it has read behind the request, the client's first frames.
        context.pipeline().remove(this);
        context.pipeline().remove(HttpServerCodec.class);
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-1", e);
        }
    }

    private void refuse(ChannelHandlerContext context, Refusal refusal) {
        answered = true;
        ByteBuf text = ByteBufUtil.writeUtf8(context.alloc(), refusal.why() + "\n");
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal.status(), text);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set(HttpHeaderNames.CONTENT_LENGTH, text.readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (refusal.status().equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
            response.headers()
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13");
        }
        if (refusal.status().equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            response.headers().set(HttpHeaderNames.ALLOW, "GET");
        }
        ChannelFuture written = context.writeAndFlush(response);
        written.addListener(done -> protocol.end(DisconnectReason.PROTOCOL_ERROR));
    }
}
