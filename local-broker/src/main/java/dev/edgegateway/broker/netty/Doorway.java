package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.tls.TlsException;
import dev.edgegateway.broker.tls.TlsMaterial;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What stands between a listener's sockets and MQTT: TLS, WebSocket, both or nothing. */
final class Doorway {
    private final @Nullable TlsMaterial tls;
    private final Carrier carrier;
    private final int maxFrameBytes;

    private Doorway(@Nullable TlsMaterial tls, Carrier carrier, int maxFrameBytes) {
        this.tls = tls;
        this.carrier = carrier;
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * Reads what the listener needs.
     *
     * @param nanos a monotonic clock, in nanoseconds.
     * @throws IllegalStateException naming the listener and the file that cannot be used, and why.
     */
    static Doorway of(BrokerSettings settings, BrokerSettings.Listener listener, LongSupplier nanos) {
        try {
            return new Doorway(
                    listener.tls() == null ? null : new TlsMaterial(listener.name(), listener.tls(), nanos),
                    listener.carrier(),
                    settings.maxPacketBytes());
        } catch (TlsException e) {
            throw new IllegalStateException(
                    "listener '" + listener.name() + "' cannot be opened: " + e.getMessage(), e);
        }
    }

    /** Puts itself before the handler of MQTT. How long all of it may take is a part of the CONNECT timeout. */
    void guard(ChannelPipeline pipeline, ClientProtocol protocol) {
        if (tls != null) {
            SslHandler handler = new SslHandler(tls.engine());
            handler.setHandshakeTimeoutMillis(0);
            pipeline.addLast(handler);
            pipeline.addLast(new TlsDoor(handler, tls.settings().clients(), protocol));
        }
        switch (carrier) {
            case Carrier.Tcp() -> {}
            case Carrier.WebSocket(String path) -> {
                pipeline.addLast(WebSocketUpgrade.codec());
                pipeline.addLast(new WebSocketUpgrade(path, maxFrameBytes, protocol));
            }
        }
    }
}
