package dev.edgegateway.gateway.uplink;

/**
 * Whether a remote broker will take a topic. MQTT 3.1.1 section 1.5.3 lets a receiver close the connection over control
 * characters and non-characters, and brokers and client libraries do: one such message at the head of a queue would
 * stop everything behind it.
 */
final class Publishable {
    private Publishable() {}

    /** Whether every character is one that no peer refuses. */
    static boolean hasOnlySafeCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
                if ((Character.toCodePoint(c, text.charAt(i)) & 0xFFFE) == 0xFFFE) {
                    return false;
                }
            } else if (Character.isISOControl(c)
                    || Character.isLowSurrogate(c)
                    || (c >= 0xFDD0 && c <= 0xFDEF)
                    || c >= 0xFFFE) {
                return false;
            }
        }
        return true;
    }
}
