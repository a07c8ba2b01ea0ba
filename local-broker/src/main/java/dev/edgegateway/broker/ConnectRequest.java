package dev.edgegateway.broker;

import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT asks for, after its bytes were found well-formed.
 *
 * @param listener the name of the listener it came through.
 * @param remoteAddress the peer's address and port as text.
 * @param clientId as sent, or made by the broker if it was empty.
 * @param protocolLevel 3 for MQTT 3.1, 4 for 3.1.1, 5 for 5.0.
 * @param cleanSession called Clean Start in 5.0.
 * @param keepAliveSeconds 0 to 65535; 0 switches the check off.
 * @param properties what only MQTT 5.0 can say.
 */
public record ConnectRequest(
        String listener,
        String remoteAddress,
        String clientId,
        int protocolLevel,
        boolean cleanSession,
        int keepAliveSeconds,
        @Nullable String userName,
        byte @Nullable [] password,
        @Nullable Will will,
        ConnectProperties properties) {

    /** A request without properties, as MQTT 3.1.1 knows it. */
    public ConnectRequest(
            String listener,
            String remoteAddress,
            String clientId,
            int protocolLevel,
            boolean cleanSession,
            int keepAliveSeconds,
            @Nullable String userName,
            byte @Nullable [] password,
            @Nullable Will will) {
        this(
                listener,
                remoteAddress,
                clientId,
                protocolLevel,
                cleanSession,
                keepAliveSeconds,
                userName,
                password,
                will,
                ConnectProperties.NONE);
    }

    /** The same under the name the broker made. */
    public ConnectRequest withClientId(String name) {
        return new ConnectRequest(
                listener,
                remoteAddress,
                name,
                protocolLevel,
                cleanSession,
                keepAliveSeconds,
                userName,
                password,
                will,
                properties);
    }
}
