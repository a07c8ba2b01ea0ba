package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.tls.CertificateName;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Behind the TLS of one connection: tells the protocol whose certificate it is, and ends what TLS gave up. */
final class TlsDoor extends ChannelInboundHandlerAdapter {
    private final SslHandler tls;
    private final ClientCertificates clients;
    private final ClientProtocol protocol;

    TlsDoor(SslHandler tls, ClientCertificates clients, ClientProtocol protocol) {
        this.tls = tls;
        this.clients = clients;
        this.protocol = protocol;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                identify(context);
            } else {
                failed(context, handshake.cause());
            }
        }
        context.fireUserEventTriggered(event);
    }

    private void identify(ChannelHandlerContext context) {
        switch (clients) {
            case ClientCertificates.None() -> {}
            case ClientCertificates.Checked checked -> {
                X509Certificate shown = shown(tls.engine().getSession());
                if (shown != null) {
                    identify(context, checked, shown);
                }
            }
        }
    }

    private void identify(ChannelHandlerContext context, ClientCertificates.Checked checked, X509Certificate shown) {
        try {
            // A resumed session is not looked at again, and may have outlived its certificate.
            shown.checkValidity();
        } catch (CertificateException e) {
            refuse(context, "its certificate is out of its time: " + e.getMessage());
            return;
        }
        String name = CertificateName.of(shown, checked.identity());
        if (name == null && checked.isUserName()) {
            refuse(context, "its certificate has no " + words(checked) + " that can be a user name");
            return;
        }
        if (name != null) {
            protocol.certified(name, checked.isUserName());
        }
    }

    private static String words(ClientCertificates.Checked checked) {
        return switch (checked.identity()) {
            case COMMON_NAME -> "common name";
            case SUBJECT_ALTERNATIVE_NAME -> "alternative name";
        };
    }

    private static @Nullable X509Certificate shown(SSLSession session) {
        try {
            return session.getPeerCertificates()[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private void refuse(ChannelHandlerContext context, String why) {
        Logger.info("Refused {}: {}", context.channel().remoteAddress(), why);
        protocol.end(DisconnectReason.NOT_AUTHORIZED);
    }

    private void failed(ChannelHandlerContext context, Throwable cause) {
        if (protocol.isOpen()) {
            Logger.info("No TLS with {}: {}", context.channel().remoteAddress(), words(cause));
            protocol.end(DisconnectReason.CONNECTION_LOST);
        }
    }

    /** Netty's own words would show the bytes, and those may be a CONNECT with its password. */
    private static String words(Throwable cause) {
        return cause instanceof NotSslRecordException ? "it does not speak TLS" : String.valueOf(cause.getMessage());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof SSLException) {
            failed(context, cause);
        } else if (cause instanceof DecoderException && cause.getCause() instanceof SSLException within) {
            failed(context, within);
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
