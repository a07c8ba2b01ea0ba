package dev.edgegateway.forward.h2;

import dev.edgegateway.forward.QueueLimits;
import dev.edgegateway.forward.Stamp;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVStore;

/** A store whose writer is whoever calls {@link #commit}: all that was submitted by then is one commit. */
final class TestStore implements StoreWriter, AutoCloseable {
    private final MVStore store;
    private final H2OutboundQueue queue;
    private final List<Runnable> changes = new ArrayList<>();
    private long next = 1;
    private long prompt;

    private TestStore(Path file, QueueLimits limits, Stamp.Source clock) {
        store = openStore(file);
        queue = H2OutboundQueue.open(store, this, limits, clock);
    }

    static TestStore open(Path file, QueueLimits limits, Stamp.Source clock) {
        return new TestStore(file, limits, clock);
    }

    static MVStore openStore(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        return store;
    }

    H2OutboundQueue queue() {
        return queue;
    }

    MVStore mvStore() {
        return store;
    }

    @Override
    public synchronized long submit(Runnable change, boolean promptly) {
        changes.add(change);
        if (promptly) {
            prompt++;
        }
        return next;
    }

    /** How often a commit was asked for at once. */
    synchronized long promptSubmissions() {
        return prompt;
    }

    synchronized int waitingChanges() {
        return changes.size();
    }

    /** Runs the changes without committing them. */
    long runChanges() {
        List<Runnable> batch;
        long number;
        synchronized (this) {
            batch = List.copyOf(changes);
            changes.clear();
            number = next++;
        }
        batch.forEach(Runnable::run);
        return number;
    }

    void commit() {
        long number = runChanges();
        // Nothing here takes the power away, so nothing need be forced out of the system's cache.
        store.commit();
        queue.committedThrough(number);
    }

    /** Commits until no change has caused another. */
    void settle() {
        do {
            commit();
        } while (waitingChanges() > 0);
    }

    /** The process dies: what was not committed is gone. */
    void crash() {
        store.closeImmediately();
    }

    @Override
    public void close() {
        if (!store.isClosed()) {
            store.close();
        }
    }
}
