package dev.edgegateway.forward.h2;

import java.util.concurrent.ConcurrentLinkedQueue;

/** Actions that wait until a commit is on disk. Any thread; no locks. */
final class CommitWaits {
    private final ConcurrentLinkedQueue<Wait> waits = new ConcurrentLinkedQueue<>();
    private volatile long committed;

    /** Runs an action once the commit is on disk: on this thread if it already is, else on the one that reports it. */
    void after(long commit, Runnable action) {
        waits.add(new Wait(commit, action));
        // The commit may have been reported between its number being given out and the line above.
        if (commit <= committed) {
            runDue();
        }
    }

    /** Thread: {@code store-writer}. */
    void committedThrough(long commit) {
        if (commit > committed) {
            committed = commit;
        }
        runDue();
    }

    private void runDue() {
        for (Wait wait = waits.peek(); wait != null && wait.commit <= committed; wait = waits.peek()) {
            // Two threads may see the same head; removing it decides which of them runs it.
            if (waits.remove(wait)) {
                wait.action.run();
            }
        }
    }

    /** A class and not a record, because removal goes by identity. */
    private static final class Wait {
        private final long commit;
        private final Runnable action;

        Wait(long commit, Runnable action) {
            this.commit = commit;
            this.action = action;
        }
    }
}
