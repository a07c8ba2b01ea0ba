package dev.edgegateway.forward;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one connection reports, until thread {@code forwarder} looks. The link's threads only leave their news here; what
 * a connection still says after it was given up stays in its own inbox, unread.
 */
final class LinkInbox implements PlatformLink.Listener {
    private static final int INITIAL_CAPACITY = 64;

    private final Runnable wake;

    private long[] acknowledged = new long[INITIAL_CAPACITY];
    private int count;
    private int wakeAt = 1;
    private volatile @Nullable Throwable lost;

    /** @param wake called when there is something the forwarder should look at now; any thread. */
    LinkInbox(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void acknowledged(long id) {
        boolean enough;
        synchronized (this) {
            if (count == acknowledged.length) {
                acknowledged = Arrays.copyOf(acknowledged, count * 2);
            }
            acknowledged[count++] = id;
            enough = count == wakeAt;
        }
        if (enough) {
            wake.run();
        }
    }

    @Override
    public void lost(Throwable cause) {
        if (lost == null) {
            lost = cause;
        }
        wake.run();
    }

    /** Why the connection is gone; null while it is there. */
    @Nullable
    Throwable lost() {
        return lost;
    }

    /** @return ids in the order in which they were acknowledged, each once. */
    synchronized long[] take() {
        long[] taken = Arrays.copyOf(acknowledged, count);
        count = 0;
        return taken;
    }

    /**
     * Before waiting: how many acknowledgements are worth waking up for.
     *
     * @return false if they are there already.
     */
    synchronized boolean wakeAt(int acknowledgements) {
        wakeAt = acknowledgements;
        return count < acknowledgements;
    }
}
