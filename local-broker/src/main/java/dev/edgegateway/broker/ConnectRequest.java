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
 * @param certificateName the name in the certificate the client showed; null if it showed none, or one without a name.
 * @param certificateIsUser whether the certificate says who the user is: then {@code userName} is its name, proven, and
 *     there is no password.
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
        ConnectProperties properties,
        @Nullable String certificateName,
        boolean certificateIsUser) {

    /** A request of a client that showed no certificate. */
    public ConnectRequest(
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
                properties,
                null,
                false);
    }

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
                properties,
                certificateName,
                certificateIsUser);
    }

    /** The same with the name of the client's certificate, in place of user name and password if that is the rule. */
    public ConnectRequest certified(String name, boolean isUser) {
        return new ConnectRequest(
                listener,
                remoteAddress,
                clientId,
                protocolLevel,
                cleanSession,
                keepAliveSeconds,
                isUser ? name : userName,
                isUser ? null : password,
                will,
                properties,
                name,
                isUser);
    }
}
