package dev.edgegateway.broker.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Knows how far the store has come and wakes what waits for it. */
final class CommitGate {
    private record Waiting(long commit, Runnable action) {}

    private record Uncommitted(long commit, long bytes) {}

    private final Set<AckQueue> queues = new LinkedHashSet<>();
    private final ArrayDeque<Waiting> actions = new ArrayDeque<>();
    private final ArrayDeque<Uncommitted> uncommitted = new ArrayDeque<>();
    private long uncommittedBytes;
    private long committed;

    boolean isOpen(long commit) {
        return commit <= committed;
    }

    void await(AckQueue queue) {
        queues.add(queue);
    }

    /** Runs the action once the commit is on disk, after those asked for before; at once if nothing is in its way. */
    void then(long commit, Runnable action) {
        if (isOpen(commit) && actions.isEmpty()) {
            action.run();
        } else {
            actions.add(new Waiting(commit, action));
        }
    }

    /** Counts bytes handed to the store until their commit is on disk. */
    void count(long commit, int bytes) {
        if (isOpen(commit)) {
            return;
        }
        uncommittedBytes += bytes;
        Uncommitted last = uncommitted.peekLast();
        if (last != null && last.commit() == commit) {
            uncommitted.pollLast();
            uncommitted.add(new Uncommitted(commit, last.bytes() + bytes));
        } else {
            uncommitted.add(new Uncommitted(commit, bytes));
        }
    }

    /** Bytes handed to the store and not yet on disk. */
    long uncommittedBytes() {
        return uncommittedBytes;
    }

    void committedThrough(long commit) {
        if (commit <= committed) {
            return;
        }
        committed = commit;
        while (!uncommitted.isEmpty() && isOpen(uncommitted.peek().commit())) {
            uncommittedBytes -= uncommitted.remove().bytes();
        }
        if (!queues.isEmpty()) {
            List<AckQueue> waiting = new ArrayList<>(queues);
            queues.clear();
            for (AckQueue queue : waiting) {
                if (queue.release()) {
                    queues.add(queue);
                }
            }
        }
        while (!actions.isEmpty() && isOpen(actions.peek().commit())) {
            actions.remove().action().run();
        }
    }
}
