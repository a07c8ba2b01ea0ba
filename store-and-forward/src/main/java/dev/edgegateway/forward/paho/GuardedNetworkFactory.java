package dev.edgegateway.forward.paho;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.eclipse.paho.client.mqttv3.spi.NetworkModuleFactory;

/**
 * How Paho comes by a {@link GuardedNetwork}: it looks for a factory that knows the scheme of its URI. Public for the
 * service loader alone.
 */
public final class GuardedNetworkFactory implements NetworkModuleFactory {
    /** Set before the scheme of a URL that is to be handled here and not by Paho. */
    static final String PREFIX = "guarded-";

    @Override
    public Set<String> getSupportedUriSchemes() {
        return Set.of(PREFIX + "tcp", PREFIX + "ssl");
    }

    @Override
    public void validateURI(URI uri) {
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("no host in " + uri.toString().substring(PREFIX.length()));
        }
        if (uri.getPath() != null && !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException("path " + uri.getPath() + " means nothing to MQTT");
        }
    }

    @Override
    public NetworkModule createNetworkModule(URI uri, MqttConnectOptions options, String clientId) {
        if (options.getSocketFactory() instanceof GuardedNetwork.Handle handle) {
            return handle.network();
        }
        throw new IllegalArgumentException("only for connections made by " + PahoConnection.class.getSimpleName());
    }
}
