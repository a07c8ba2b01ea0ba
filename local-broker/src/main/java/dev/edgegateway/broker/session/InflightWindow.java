package dev.edgegateway.broker.session;

import org.jspecify.annotations.Nullable;

/**
 * Messages sent to one client and not yet acknowledged, oldest first. A window that slides over the sequence: a message
 * goes in only if it is less than the window's width ahead of the oldest one.
 */
final class InflightWindow {
    private final int max;
    private final int mask;
    private @Nullable Delivery @Nullable [] ring;
    private int count;
    private long oldest;

    InflightWindow(int max) {
        this.max = max;
        this.mask = Integer.highestOneBit(Math.max(1, 2 * max - 1)) - 1;
    }

    boolean hasRoomFor(long sequence) {
        return count == 0 || (count < max && sequence - oldest <= mask);
    }

    void add(Delivery delivery) {
        if (ring == null) {
            ring = new @Nullable Delivery[mask + 1];
        }
        if (count == 0) {
            oldest = delivery.sequence;
        }
        ring[(int) (delivery.sequence & mask)] = delivery;
        count++;
    }

    /** The message with this packet id, or null if none is in flight. */
    @Nullable
    Delivery find(int packetId) {
        if (ring == null || count == 0) {
            return null;
        }
        int ahead = Math.floorMod(packetId - Delivery.packetId(oldest), 65535);
        if (ahead > mask) {
            return null;
        }
        long sequence = oldest + ahead;
        Delivery delivery = ring[(int) (sequence & mask)];
        return delivery != null && delivery.sequence == sequence ? delivery : null;
    }

    void remove(Delivery delivery) {
        if (ring == null) {
            return;
        }
        ring[(int) (delivery.sequence & mask)] = null;
        count--;
        while (count > 0 && ring[(int) (oldest & mask)] == null) {
            oldest++;
        }
    }

    /** The oldest message after a sequence, or null; start with 0. */
    @Nullable
    Delivery after(long sequence) {
        if (ring == null || count == 0) {
            return null;
        }
        for (long s = Math.max(oldest, sequence + 1); s <= oldest + mask; s++) {
            Delivery delivery = ring[(int) (s & mask)];
            if (delivery != null && delivery.sequence == s) {
                return delivery;
            }
        }
        return null;
    }

    int size() {
        return count;
    }
}
