package dev.edgegateway.forward.paho;

import org.jspecify.annotations.Nullable;

/**
 * Which topics Paho can send. It finds out on its own sending thread and then drops the connection, and with it all the
 * messages behind: so it is looked at before.
 */
final class Sendable {
    private Sendable() {}

    /** @return null if a message can be published to the topic, else why not. */
    static @Nullable String whyNot(String topic) {
        if (topic.isEmpty()) {
            return "its topic is empty";
        }
        int bytes = 0;
        for (int i = 0; i < topic.length(); ) {
            int codePoint = topic.codePointAt(i);
            if (codePoint == '+' || codePoint == '#') {
                return "its topic has a wildcard";
            }
            // MQTT 3.1.1 section 1.5.3: surrogates must not, control characters and non-characters should not be there.
            boolean nonCharacter = (codePoint & 0xFFFE) == 0xFFFE || (codePoint >= 0xFDD0 && codePoint <= 0xFDEF);
            if (nonCharacter
                    || Character.isISOControl(codePoint)
                    || Character.getType(codePoint) == Character.SURROGATE) {
                return "its topic has the character " + Integer.toHexString(codePoint);
            }
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            i += Character.charCount(codePoint);
        }
        return bytes > 65_535 ? "its topic has " + bytes + " bytes" : null;
    }
}
