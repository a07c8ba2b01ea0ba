package dev.edgegateway.forward;

import java.util.Arrays;

/**
 * The oldest messages of the queue, in the order of their ids, from the first one whose removal is not on disk to the
 * last one sent. It never spans more than its capacity, so no more than that can be sent twice, whatever happens. One
 * thread.
 */
final class InFlightWindow {
    /** Was sent over a connection that was lost: has to be sent again, unless it left the queue. */
    private static final byte UNSENT = 0;

    private static final byte SENT = 1;

    /** Acknowledged, or given up: its removal is on the way to the disk. */
    private static final byte LEAVING = 2;

    /** No longer in the queue. */
    private static final byte GONE = 3;

    private final long[] ids;
    private final byte[] states;
    private final int[] sizes;

    /** Positions rise for ever; modulo the capacity they are indexes. The window is head (inclusive) to tail. */
    private long head;

    private long tail;

    /** After a loss, how far the resending has come. */
    private long resend;

    private int inFlight;
    private long bytesInFlight;

    private long[] acknowledged;
    private int acknowledgedCount;

    InFlightWindow(int capacity) {
        ids = new long[capacity];
        states = new byte[capacity];
        sizes = new int[capacity];
        acknowledged = new long[capacity];
    }

    /** Messages sent and not acknowledged. */
    int inFlight() {
        return inFlight;
    }

    long bytesInFlight() {
        return bytesInFlight;
    }

    /** How many more messages may be sent. */
    int free() {
        return ids.length - (int) (tail - head);
    }

    int capacity() {
        return ids.length;
    }

    /**
     * Whether {@link #enter} may be called with the next message read from the queue: it was in the window before, or
     * there is room for it.
     */
    boolean admits(long id) {
        for (; resend < tail && id(resend) < id; resend++) {
            vanish(index(resend));
        }
        advance();
        return resend < tail || free() > 0;
    }

    /**
     * Takes the next message read from the queue, after {@link #admits} said yes to it.
     *
     * @param id above those of all calls since the last loss.
     * @return whether to send it; not if it was acknowledged already and only its removal is not on disk yet.
     */
    boolean enter(long id, int size) {
        if (!admits(id)) {
            throw new IllegalStateException("no room for message " + id);
        }
        if (resend == tail) {
            sent(index(tail), id, size);
            tail++;
            resend = tail;
            return true;
        }
        int at = index(resend);
        if (ids[at] != id) {
            throw new IllegalArgumentException("message " + id + " was not in the window between others that were");
        }
        resend++;
        if (states[at] != UNSENT) {
            return false;
        }
        sent(at, id, size);
        return true;
    }

    private void sent(int at, long id, int size) {
        ids[at] = id;
        sizes[at] = size;
        states[at] = SENT;
        inFlight++;
        bytesInFlight += size;
    }

    /** The queue has no message after those entered: what has to be resent and was not, was dropped from it. */
    void nothingFollows() {
        for (; resend < tail; resend++) {
            vanish(index(resend));
        }
        advance();
    }

    private void vanish(int at) {
        if (states[at] == UNSENT) {
            states[at] = GONE;
        }
    }

    /** @return whether the message was in flight. */
    boolean acknowledge(long id) {
        if (!leave(id)) {
            return false;
        }
        acknowledged[acknowledgedCount++] = id;
        return true;
    }

    /** The message was not sent after all and is being removed from the queue. */
    void giveUp(long id) {
        leave(id);
    }

    private boolean leave(long id) {
        int at = find(id);
        if (at < 0 || states[at] != SENT) {
            return false;
        }
        states[at] = LEAVING;
        inFlight--;
        bytesInFlight -= sizes[at];
        return true;
    }

    /** Acknowledged messages that wait to be removed from the queue. */
    int acknowledgedCount() {
        return acknowledgedCount;
    }

    /** Hands over the acknowledged messages; each once. */
    long[] takeAcknowledged() {
        long[] taken = Arrays.copyOf(acknowledged, acknowledgedCount);
        acknowledgedCount = 0;
        return taken;
    }

    /** The removal of these is on disk. */
    void removed(long[] removedIds) {
        for (long id : removedIds) {
            int at = find(id);
            if (at >= 0) {
                states[at] = GONE;
            }
        }
        advance();
    }

    private void advance() {
        while (head < tail && states[index(head)] == GONE) {
            head++;
        }
        resend = Math.max(resend, head);
    }

    /** The connection is gone: everything in flight counts as not sent. */
    void connectionLost() {
        for (long position = head; position < tail; position++) {
            int at = index(position);
            if (states[at] == SENT) {
                states[at] = UNSENT;
            }
        }
        inFlight = 0;
        bytesInFlight = 0;
        resend = head;
    }

    private int find(long id) {
        long low = head;
        long high = tail - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long there = id(middle);
            if (there == id) {
                return index(middle);
            }
            if (there < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private long id(long position) {
        return ids[index(position)];
    }

    private int index(long position) {
        return (int) (position % ids.length);
    }
}
