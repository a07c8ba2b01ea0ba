package dev.edgegateway.broker.session;

import java.util.Comparator;
import java.util.TreeSet;

/** What is to happen at some time, by the broker's timeline: sessions that end, Wills that are due. */
final class Agenda {
    /** One thing to do. */
    static final class Entry {
        private final long atMillis;
        private final long number;
        private final Runnable task;

        private Entry(long atMillis, long number, Runnable task) {
            this.atMillis = atMillis;
            this.number = number;
            this.task = task;
        }
    }

    private final TreeSet<Entry> entries = new TreeSet<>(
            Comparator.<Entry>comparingLong(entry -> entry.atMillis).thenComparingLong(entry -> entry.number));
    private long lastNumber;

    Entry at(long millis, Runnable task) {
        Entry entry = new Entry(millis, ++lastNumber, task);
        entries.add(entry);
        return entry;
    }

    void cancel(Entry entry) {
        entries.remove(entry);
    }

    /** Does what is due. */
    void run(long nowMillis) {
        while (!entries.isEmpty() && entries.getFirst().atMillis <= nowMillis) {
            entries.removeFirst().task.run();
        }
    }
}
