package dev.edgegateway.gateway.health;

import java.util.ArrayList;
import java.util.List;

/** The entries of one answer, as long as they fit. */
final class AnswerList<T> {
    /** Below what the other side reads, 4 MiB. */
    private static final int MAX_BYTES = 3 << 20;
    /** JSON around the texts of an entry, generously. */
    private static final int ENTRY_BYTES = 400;
    /** A control character becomes six in JSON. */
    private static final int BYTES_PER_CHARACTER = 6;

    private final List<T> entries = new ArrayList<>();
    private long bytes;
    private boolean complete = true;

    /** Takes an entry with its texts. @return false if it does not fit. */
    boolean add(T entry, String texts) {
        bytes += ENTRY_BYTES + (long) BYTES_PER_CHARACTER * texts.length();
        if (bytes > MAX_BYTES) {
            complete = false;
            return false;
        }
        entries.add(entry);
        return true;
    }

    List<T> entries() {
        return entries;
    }

    /** Whether every entry fitted. */
    boolean isComplete() {
        return complete;
    }
}
