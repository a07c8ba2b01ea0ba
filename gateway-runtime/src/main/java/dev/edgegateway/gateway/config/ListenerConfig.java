package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import org.jspecify.annotations.Nullable;

/**
 * One door of the local broker.
 *
 * @param bind an IP address; never a name, so that a start needs no name service.
 * @param port 0 to 65535; 0 takes a free one.
 * @param allowAnonymous whether clients without credentials come in.
 * @param insecure that whoever wrote the file knows that an anonymous listener is open to the network.
 * @param tls null without TLS.
 */
public record ListenerConfig(
        String name,
        String bind,
        int port,
        boolean allowAnonymous,
        boolean insecure,
        @Nullable TlsSettings tls,
        Carrier carrier) {

    /** Plain TCP. */
    public ListenerConfig(String name, String bind, int port, boolean allowAnonymous, boolean insecure) {
        this(name, bind, port, allowAnonymous, insecure, null, Carrier.TCP);
    }

    /** Whether nobody comes in whom no authority vouches for. */
    public boolean requiresCertificates() {
        return tls != null && tls.clients() instanceof ClientCertificates.Checked checked && checked.required();
    }

    /** Whether a certificate lets its holder in under the name it bears. */
    public boolean takesNamesFromCertificates() {
        return tls != null && tls.clients() instanceof ClientCertificates.Checked checked && checked.isUserName();
    }

    BrokerSettings.Listener settings() {
        return new BrokerSettings.Listener(name, bind, port, tls, carrier);
    }
}
