package dev.edgegateway.forward.h2;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What cannot be told from the stored messages themselves; written in the same commit as the change it counts.
 *
 * @param lastId the highest id ever given out, so that none is used twice though the queue be empty.
 * @param bytes of the messages stored, so that opening needs no look at each of them.
 */
record Totals(long lastId, long appended, long removed, long dropped, long bytes) {
    static final Totals NONE = new Totals(0, 0, 0, 0, 0);

    private static final byte VERSION = 1;
    private static final int LENGTH = 1 + 5 * Long.BYTES;

    long depth() {
        return appended - removed - dropped;
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(VERSION)
                .putLong(lastId)
                .putLong(appended)
                .putLong(removed)
                .putLong(dropped)
                .putLong(bytes)
                .array();
    }

    /**
     * @return null if these are damaged.
     * @throws IllegalStateException if a newer program wrote them.
     */
    static @Nullable Totals decode(byte[] stored) {
        if (stored.length > 0 && stored[0] > VERSION) {
            throw new IllegalStateException("The outbound queue has format " + stored[0] + ", this program knows "
                    + VERSION + ": use the program that wrote it, or a newer one");
        }
        if (stored.length != LENGTH || stored[0] != VERSION) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(stored).position(1);
        Totals totals = new Totals(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
        boolean sane = totals.lastId >= 0
                && totals.appended >= 0
                && totals.removed >= 0
                && totals.dropped >= 0
                && totals.bytes >= 0
                && totals.depth() >= 0
                && totals.appended <= totals.lastId;
        return sane ? totals : null;
    }
}
