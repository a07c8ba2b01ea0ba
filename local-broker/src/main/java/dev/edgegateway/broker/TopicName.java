package dev.edgegateway.broker;

/**
 * The name a message is published to; never holds a wildcard (MQTT 3.1.1 section 4.7).
 *
 * @param value 1 to 65535 bytes of UTF-8 without {@code +}, {@code #} and U+0000.
 */
public record TopicName(String value) {
    public TopicName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a topic name is at least one character long");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '+' || c == '#' || c == 0) {
                throw new IllegalArgumentException("topic name '" + value + "' holds "
                        + (c == 0 ? "U+0000" : "the wildcard " + c) + " at position " + i);
            }
        }
        if (value.length() > 65535 / 3 && utf8Length(value) > 65535) {
            throw new IllegalArgumentException("a topic name is at most 65535 bytes of UTF-8");
        }
    }

    static int utf8Length(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return value;
    }
}
