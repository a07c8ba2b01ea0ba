package dev.edgegateway.broker.session;

import dev.edgegateway.broker.DisconnectReason;

/** A packet that MQTT does not allow; it costs its sender the connection. Carries no stack trace. */
public final class PacketException extends RuntimeException {
    private final DisconnectReason reason;

    /** @param why one clause, without anything the client sent. */
    public PacketException(DisconnectReason reason, String why) {
        super(why, null, false, false);
        this.reason = reason;
    }

    public static PacketException malformed(String why) {
        return new PacketException(DisconnectReason.MALFORMED_PACKET, why);
    }

    public static PacketException protocolError(String why) {
        return new PacketException(DisconnectReason.PROTOCOL_ERROR, why);
    }

    public DisconnectReason reason() {
        return reason;
    }
}
