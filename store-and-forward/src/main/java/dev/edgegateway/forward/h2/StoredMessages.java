package dev.edgegateway.forward.h2;

import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.Stamp;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The maps of the queue and the totals that go with them. Changed on thread {@code store-writer} alone; each change ends
 * with {@link #conclude}, so that messages and totals are always part of the same commit. {@link #view} may be read by
 * any thread.
 */
final class StoredMessages {
    private static final long TOTALS_KEY = 0;

    private final MVMap<Long, byte[]> messages;
    private final MVMap<Long, byte[]> totalsMap;

    private long lastId;
    private long appended;
    private long removed;
    private long dropped;
    private long bytes;
    private boolean changed;

    /** All ids up to this one are known to be too old. */
    private long expiredThrough;

    /** Whether the last look found nothing but expired messages as far as it went. */
    private boolean expiredBeyondBound;

    /** Ids up to this one were looked at for their age in an earlier step without an answer. */
    private long ageUnknownThrough;

    private volatile View view = new View(Totals.NONE, 0, null);

    /**
     * What other threads may know.
     *
     * @param headId oldest message, 0 for none.
     * @param head when it was taken; null if there is none or it cannot be read.
     */
    record View(Totals totals, long headId, @Nullable Stamp head) {}

    StoredMessages(MVStore store) {
        messages = open(store, "outbound");
        totalsMap = open(store, "outbound.totals");
        byte[] stored = totalsMap.get(TOTALS_KEY);
        Totals totals = stored == null ? Totals.NONE : Totals.decode(stored);
        Long last = messages.lastKey();
        // The tree knows how many entries it has, so this check costs nothing.
        if (totals == null || totals.depth() != messages.sizeAsLong() || (last != null && last > totals.lastId())) {
            totals = recount(totals == null ? Totals.NONE : totals);
            changed = true;
        }
        lastId = totals.lastId();
        appended = totals.appended();
        removed = totals.removed();
        dropped = totals.dropped();
        bytes = totals.bytes();
        conclude();
    }

    private static MVMap<Long, byte[]> open(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    MVMap<Long, byte[]> messages() {
        return messages;
    }

    View view() {
        return view;
    }

    /** Messages and totals part ways only if the file was damaged: what is there counts, the rest was dropped. */
    private Totals recount(Totals totals) {
        long depth = 0;
        long sum = 0;
        long beyond = 0;
        long highest = totals.lastId();
        for (Cursor<Long, byte[]> all = messages.cursor(null); all.hasNext(); ) {
            long id = all.next();
            depth++;
            sum += OutboundRecord.size(all.getValue());
            if (id > totals.lastId()) {
                beyond++;
                highest = id;
            }
        }
        long counted = totals.appended() + beyond;
        long gone = counted - totals.removed() - totals.dropped() - depth;
        Totals recounted = new Totals(
                highest, counted - Math.min(gone, 0), totals.removed(), totals.dropped() + Math.max(gone, 0), sum);
        Logger.warn("Totals of the outbound queue do not fit its messages: were {}, now {}", totals, recounted);
        return recounted;
    }

    /** @return what the message counts for. */
    int insert(long id, OutboundDraft draft, byte[] topic, Stamp stamp) {
        byte[] encoded = OutboundRecord.encode(draft, topic, stamp);
        messages.put(id, encoded);
        int size = OutboundRecord.size(encoded);
        lastId = id;
        appended++;
        bytes += size;
        changed = true;
        return size;
    }

    /** @return bytes that became free; ids that are not there are passed over. */
    long remove(long[] ids) {
        long freed = 0;
        for (long id : ids) {
            byte[] was = messages.remove(id);
            if (was != null) {
                removed++;
                freed += OutboundRecord.size(was);
            }
        }
        return freed(freed);
    }

    /** @return bytes that became free, 0 if the message is not there. */
    long drop(long id) {
        byte[] was = messages.remove(id);
        if (was == null) {
            return 0;
        }
        dropped++;
        return freed(OutboundRecord.size(was));
    }

    private long freed(long freed) {
        bytes -= freed;
        changed |= freed > 0;
        return freed;
    }

    /**
     * Drops the oldest messages after one until the rest fits.
     *
     * @param maxDrops bounds the step.
     * @return bytes that became free.
     */
    long dropUntilFits(long maxBytes, long keepThrough, int maxDrops) {
        long freed = 0;
        for (int i = 0; i < maxDrops && bytes > maxBytes; i++) {
            Long oldest = messages.ceilingKey(keepThrough + 1);
            if (oldest == null) {
                break;
            }
            freed += drop(oldest);
        }
        return freed;
    }

    boolean fits(long maxBytes, long keepThrough) {
        return bytes <= maxBytes || messages.ceilingKey(keepThrough + 1) == null;
    }

    /**
     * Drops messages after one that are too old.
     *
     * @param maxSteps bounds the messages looked at and those dropped.
     * @return bytes that became free.
     */
    long dropExpired(Stamp now, long maxAgeMillis, long keepThrough, int maxSteps) {
        findExpired(now, maxAgeMillis, maxSteps);
        long freed = 0;
        for (int i = 0; i < maxSteps; i++) {
            Long oldest = messages.ceilingKey(keepThrough + 1);
            if (oldest == null || oldest > expiredThrough) {
                break;
            }
            freed += drop(oldest);
        }
        return freed;
    }

    /** Whether the last step of {@link #dropExpired} ended at its bound and not at a message that is still wanted. */
    boolean mayHaveMoreExpired(long keepThrough) {
        Long oldest = messages.ceilingKey(keepThrough + 1);
        return oldest != null && (oldest <= expiredThrough || expiredBeyondBound);
    }

    /**
     * Moves {@link #expiredThrough}. Ids rise with time, so whatever lies before an expired message is expired too, even
     * if its own age cannot be known; and nothing after a fresh one need be looked at.
     */
    private void findExpired(Stamp now, long maxAgeMillis, int maxSteps) {
        long from = Math.max(expiredThrough, ageUnknownThrough) + 1;
        expiredBeyondBound = false;
        Cursor<Long, byte[]> oldest = messages.cursor(from);
        for (int i = 0; i < maxSteps && oldest.hasNext(); i++) {
            long id = oldest.next();
            long age = ageOf(id, oldest.getValue(), now);
            if (age > maxAgeMillis) {
                expiredThrough = id;
                expiredBeyondBound = i == maxSteps - 1;
            } else if (age == Stamp.UNKNOWN) {
                ageUnknownThrough = id;
            } else {
                ageUnknownThrough = 0;
                return;
            }
        }
        if (!oldest.hasNext()) {
            ageUnknownThrough = 0;
        }
    }

    private static long ageOf(long id, byte[] stored, Stamp now) {
        try {
            return now.millisSince(OutboundRecord.stamp(id, stored));
        } catch (OutboundRecord.DamagedRecordException e) {
            return Stamp.UNKNOWN;
        }
    }

    /** Ends a change: writes the totals beside it and shows them to the other threads. */
    void conclude() {
        Totals totals = new Totals(lastId, appended, removed, dropped, bytes);
        if (changed) {
            totalsMap.put(TOTALS_KEY, totals.encode());
            changed = false;
        }
        Long head = messages.firstKey();
        if (head == null) {
            view = new View(totals, 0, null);
        } else if (head == view.headId) {
            view = new View(totals, head, view.head);
        } else {
            view = new View(totals, head, stampOf(head));
        }
    }

    private @Nullable Stamp stampOf(long id) {
        byte[] stored = messages.get(id);
        try {
            return stored == null ? null : OutboundRecord.stamp(id, stored);
        } catch (OutboundRecord.DamagedRecordException e) {
            return null;
        }
    }
}
