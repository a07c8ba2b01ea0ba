package dev.edgegateway.gateway.uplink;

/**
 * Whether a topic can travel upstream. MQTT 3.1.1 section 1.5.3 lets a receiver close the connection over control
 * characters and non-characters, and brokers do. The uplink's client library, Paho 1.2.5, goes further: it ends the
 * connection rather than write (or read) a topic with any code point from U+FDD0 up, emoji and full-width forms among
 * them. One such message at the head of the queue would stop everything behind it for good.
 */
final class Publishable {
    /** Found by trying every code point on the library's own check, MqttWireMessage.validateUTF8String. */
    private static final char FIRST_REFUSED = 0xFDD0;

    private Publishable() {}

    /** Whether every character is one that can be sent. */
    static boolean hasOnlySafeCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c) || c >= FIRST_REFUSED) {
                return false;
            }
        }
        return true;
    }
}
