package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.session.PacketException;

/** The reason codes a client may send, by packet type (MQTT 5.0 section 2.4). */
final class ReasonCodes {
    private static final int[] PUBACK = {0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99};
    private static final int[] PUBREL = {0x00, 0x92};
    private static final int[] DISCONNECT = {
        0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x90, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99
    };
    private static final int[] AUTH = {0x18, 0x19};

    private ReasonCodes() {}

    /** @throws PacketException if this packet knows no such code. */
    static void check(int packetType, int code) {
        if (code == 0 && packetType != 15) {
            return;
        }
        int[] allowed = switch (packetType) {
            case 4, 5 -> PUBACK;
            case 6, 7 -> PUBREL;
            case 14 -> DISCONNECT;
            default -> AUTH;
        };
        for (int known : allowed) {
            if (known == code) {
                return;
            }
        }
        throw PacketException.malformed("reason code " + code + " does not belong into this packet");
    }
}
