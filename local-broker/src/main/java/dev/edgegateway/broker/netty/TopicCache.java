package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.TopicName;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Topic names met lately, by their bytes: devices say the same few names again and again. One slot for each hash, so it
 * never grows past 1,024 names of 128 bytes; shared by all connections of thread {@code broker}.
 */
final class TopicCache {
    private static final int SLOTS = 1024;
    private static final int LONGEST = 128;

    private record Known(byte[] bytes, TopicName topic) {}

    private final @Nullable Known[] slots = new @Nullable Known[SLOTS];

    /** The name these bytes stand for, if it is known. */
    @Nullable
    TopicName find(byte[] bytes, int length) {
        if (length > LONGEST) {
            return null;
        }
        Known known = slots[slot(bytes, length)];
        return known != null && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, 0, length)
                ? known.topic
                : null;
    }

    /** Remembers a name that was found to be valid. */
    void put(byte[] bytes, int length, TopicName topic) {
        if (length <= LONGEST) {
            slots[slot(bytes, length)] = new Known(Arrays.copyOf(bytes, length), topic);
        }
    }

    private static int slot(byte[] bytes, int length) {
        int hash = length;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash ^= hash >>> 16;
        return (hash ^ hash >>> 10) & (SLOTS - 1);
    }
}
