package dev.edgegateway.broker;

import org.jspecify.annotations.Nullable;

/**
 * What a CONNECT asks for, after its bytes were found well-formed.
 *
 * @param listener the name of the listener it came through.
 * @param remoteAddress the peer's address and port as text.
 * @param clientId as sent, or made by the broker if it was empty.
 * @param protocolLevel 3 for MQTT 3.1, 4 for 3.1.1.
 * @param keepAliveSeconds 0 to 65535; 0 switches the check off.
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
        @Nullable Will will) {}
