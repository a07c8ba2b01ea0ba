package dev.edgegateway.bench.load;

/**
 * What one subscriber got of each publisher. Every publisher counts up from 0, so whatever is missing, repeated or out of
 * order shows.
 */
final class Arrivals {
    private final long[] next;
    private long count;
    private long missing;
    private long outOfTurn;

    Arrivals(int publishers) {
        next = new long[publishers];
    }

    void add(int publisher, long sequence) {
        count++;
        long due = next[publisher];
        if (sequence < due) {
            outOfTurn++;
            return;
        }
        missing += sequence - due;
        next[publisher] = sequence + 1;
    }

    /** All that came, repeated or not. */
    long count() {
        return count;
    }

    /** How far the subscriber has come with a publisher: every sequence below this came or is missing. */
    long through(int publisher) {
        return next[publisher];
    }

    /** Sequences that were skipped; one that comes late counts as out of turn as well. */
    long missing() {
        return missing;
    }

    /** Messages that came again, or after a later one. */
    long outOfTurn() {
        return outOfTurn;
    }
}
