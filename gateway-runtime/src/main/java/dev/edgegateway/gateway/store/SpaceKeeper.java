package dev.edgegateway.gateway.store;

import java.util.concurrent.TimeUnit;
import org.h2.mvstore.MVStore;

/**
 * Decides when the space of dead chunks may be used again, and gathers what is scattered. Thread: {@code store-writer}.
 *
 * <p>After an unclean end MVStore finds its newest chunk from the file's header by following each chunk's pointer to the
 * next. A chunk on that chain may be dead long before the header moves on; were it overwritten, a store would come up
 * with an older version and what was committed since would be gone. MVStore guards that with a retention time by the
 * wall clock, which a quiet night or a clock that leaps defeats. Here nothing is given free by time: first a commit is
 * made to write the header, that commit is synced, and only then everything that was dead before it is let go.
 */
final class SpaceKeeper {
    /** Dead chunks are kept, whatever their age. */
    private static final int KEEP = Integer.MAX_VALUE;
    /** Dead chunks are let go, whatever their age. */
    private static final int LET_GO = -1;

    /** A header costs 8 KiB, so it is not written with each commit. */
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long INTERVAL_BYTES = 16L << 20;

    /** The mark of a clean end; MVStore takes it off with the next commit, and writes the header for that. */
    private static final String CLEAN = "clean";

    private static final int GATHER_BELOW_FILL_PERCENT = 50;
    private static final long GATHER_ABOVE_BYTES = 8L << 20;
    private static final int GATHER_BYTES = 512 << 10;

    private final MVStore store;
    private long lastNanos = System.nanoTime();
    private long lastBytes;
    private boolean headerDue;
    private volatile boolean hurried;

    SpaceKeeper(MVStore store) {
        this.store = store;
        store.setVersionsToKeep(0);
        store.setRetentionTime(KEEP);
    }

    /** The next commit writes the header whatever the time. Any thread. */
    void hurry() {
        hurried = true;
    }

    /** Before a commit. */
    void beforeCommit(long nowNanos, long writtenBytes) {
        headerDue = hurried || nowNanos - lastNanos >= INTERVAL_NANOS || writtenBytes - lastBytes >= INTERVAL_BYTES;
        if (headerDue) {
            hurried = false;
            lastNanos = nowNanos;
            lastBytes = writtenBytes;
            store.getStoreHeader().put(CLEAN, 1);
        }
    }

    /** After that commit and its sync. */
    void afterSync() {
        if (headerDue) {
            headerDue = false;
            store.setRetentionTime(LET_GO);
            store.getFileStore().dropUnusedChunks();
            store.setRetentionTime(KEEP);
        }
    }

    /** Whether much of the file is dead weight around few live pages. */
    boolean isScattered() {
        return store.getFileStore().size() > GATHER_ABOVE_BYTES
                && store.getFileStore().getChunksFillRate() < GATHER_BELOW_FILL_PERCENT;
    }

    /** Writes some live pages anew, so that the chunks they were in die; what lets these go is the next header. */
    void gather() {
        MVStore.TxCounter now = store.registerVersionUsage();
        try {
            store.setRetentionTime(LET_GO);
            store.compact(GATHER_BELOW_FILL_PERCENT, GATHER_BYTES);
            store.sync();
        } finally {
            store.setRetentionTime(KEEP);
            store.deregisterVersionUsage(now);
        }
    }
}
