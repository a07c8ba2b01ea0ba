package dev.edgegateway.broker;

/** What carries MQTT's bytes through a listener, inside TLS or not. */
public sealed interface Carrier {
    Carrier TCP = new Tcp();

    /** The bytes as they are. */
    record Tcp() implements Carrier {}

    /**
     * Binary WebSocket frames (RFC 6455) after an HTTP/1.1 upgrade, with sub-protocol {@code mqtt} or {@code mqttv3.1}.
     *
     * @param path the only one that is upgraded, as in {@code /mqtt}; a query behind it does not matter.
     */
    record WebSocket(String path) implements Carrier {
        public WebSocket {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("path '" + path + "' does not start with /");
            }
        }
    }
}
