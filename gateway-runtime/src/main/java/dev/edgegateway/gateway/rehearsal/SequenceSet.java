package dev.edgegateway.gateway.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A set of sequence numbers as pages of bits: 512 bytes for every 4096 numbers in use, wherever they lie. Not
 * thread-safe.
 */
final class SequenceSet {
    private static final int PAGE_SHIFT = 12;
    private static final int WORDS = (1 << PAGE_SHIFT) / Long.SIZE;

    private final TreeMap<Long, long[]> pages = new TreeMap<>();
    private long size;

    /** Whether adding this number takes another page. */
    boolean needsPage(long sequence) {
        return !pages.containsKey(sequence >>> PAGE_SHIFT);
    }

    /** @return false if it was there already. */
    boolean add(long sequence) {
        long[] page = pages.computeIfAbsent(sequence >>> PAGE_SHIFT, unused -> new long[WORDS]);
        int word = word(sequence);
        long bit = 1L << sequence;
        if ((page[word] & bit) != 0) {
            return false;
        }
        page[word] |= bit;
        size++;
        return true;
    }

    boolean contains(long sequence) {
        long[] page = pages.get(sequence >>> PAGE_SHIFT);
        return page != null && (page[word(sequence)] & (1L << sequence)) != 0;
    }

    long size() {
        return size;
    }

    /** How many of these the other set has not. */
    long countMissingFrom(SequenceSet other) {
        long missing = 0;
        for (var entry : pages.entrySet()) {
            long[] theirs = other.pages.get(entry.getKey());
            long[] ours = entry.getValue();
            for (int i = 0; i < WORDS; i++) {
                missing += Long.bitCount(theirs == null ? ours[i] : ours[i] & ~theirs[i]);
            }
        }
        return missing;
    }

    /** The lowest of these that the other set has not, rising. */
    List<Long> firstMissingFrom(SequenceSet other, int limit) {
        var found = new ArrayList<Long>();
        for (var entry : pages.entrySet()) {
            long[] theirs = other.pages.get(entry.getKey());
            for (int i = 0; i < WORDS; i++) {
                long word = theirs == null ? entry.getValue()[i] : entry.getValue()[i] & ~theirs[i];
                for (; word != 0; word &= word - 1) {
                    if (found.size() == limit) {
                        return found;
                    }
                    found.add((entry.getKey() << PAGE_SHIFT) + (long) i * Long.SIZE + Long.numberOfTrailingZeros(word));
                }
            }
        }
        return found;
    }

    private static int word(long sequence) {
        return (int) (sequence >>> 6) & (WORDS - 1);
    }
}
