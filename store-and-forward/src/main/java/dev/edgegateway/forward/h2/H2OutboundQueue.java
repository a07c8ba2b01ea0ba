package dev.edgegateway.forward.h2;

import dev.edgegateway.forward.AppendResult;
import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.OutboundMessage;
import dev.edgegateway.forward.OutboundQueue;
import dev.edgegateway.forward.QueueLimits;
import dev.edgegateway.forward.QueueLimits.WhenFull;
import dev.edgegateway.forward.QueueStats;
import dev.edgegateway.forward.Stamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The outbound queue in two maps of an MVStore. Appending only puts a message into a list in memory and sees to it that
 * the writer takes the whole list into its next commit; the maps are changed on thread {@code store-writer} alone and
 * read by thread {@code forwarder}. Neither may ever be interrupted: an interrupt closes the store's file.
 */
public final class H2OutboundQueue implements OutboundQueue {
    /** Most bytes that may be on their way to the disk; a disk that hangs must not fill the heap. */
    static final long MAX_UNSAVED_BYTES = 16L << 20;

    /** From here on a commit is asked for at once, whoever appends. */
    private static final long HASTY_UNSAVED_BYTES = 1L << 20;

    /** Longest string of MQTT 3.1.1, section 1.5.3. */
    private static final int MAX_TOPIC_BYTES = 65_535;

    /** Most messages dropped in one change beyond those that came in with it; the writer has others to serve. */
    private static final int DROP_STEP = 1_000;

    /** Least time between looks for expired messages that appending causes. */
    private static final long EXPIRY_INTERVAL_MILLIS = 1_000;

    private final MVStore store;
    private final StoreWriter writer;
    private final QueueLimits limits;
    private final Stamp.Source clock;
    private final StoredMessages stored;
    private final CommitWaits waits = new CommitWaits();
    private final List<Runnable> readableListeners = new CopyOnWriteArrayList<>();

    /** Appended and not yet taken over by the writer. */
    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean intakeSubmitted = new AtomicBoolean();

    /** Bytes stored and arriving. */
    private final AtomicLong heldBytes;

    private final AtomicLong unsavedBytes = new AtomicLong();

    /** Messages up to this id are on disk. */
    private final AtomicLong savedThrough;

    private final AtomicBoolean expirySubmitted = new AtomicBoolean();
    private volatile long inFlightThrough;
    private volatile @Nullable String refusal;

    // Of the appending thread.
    private long lastId;
    private long intakeCommit;
    private boolean intakePrompt;

    // Of the store-writer.
    private long expiryLookedAtMillis = Long.MIN_VALUE;

    private record Arrival(long id, OutboundDraft draft, byte[] topic, Stamp stamp) {}

    private H2OutboundQueue(MVStore store, StoreWriter writer, QueueLimits limits, Stamp.Source clock) {
        this.store = store;
        this.writer = writer;
        this.limits = limits;
        this.clock = clock;
        stored = new StoredMessages(store);
        Totals totals = stored.view().totals();
        lastId = totals.lastId();
        heldBytes = new AtomicLong(totals.bytes());
        savedThrough = new AtomicLong(lastId);
    }

    /**
     * Opens the queue of a store. Call before the writer's thread changes anything.
     *
     * @param store opened with {@code autoCommitDisabled().autoCommitBufferSize(0)}: a commit that the store makes on its
     *     own would part messages from their totals. Everything in it counts as being on disk.
     * @param writer has to report each commit to {@link #committedThrough}.
     */
    public static H2OutboundQueue open(MVStore store, StoreWriter writer, QueueLimits limits, Stamp.Source clock) {
        H2OutboundQueue queue = new H2OutboundQueue(store, writer, limits, clock);
        queue.expire();
        return queue;
    }

    @Override
    public AppendResult append(OutboundDraft draft) {
        byte[] topic = draft.topic().getBytes(StandardCharsets.UTF_8);
        if (draft.payload().length > limits.maxMessageBytes()) {
            return new AppendResult.TooLarge(draft.payload().length, limits.maxMessageBytes());
        }
        if (topic.length > MAX_TOPIC_BYTES) {
            return new AppendResult.TooLarge(topic.length, MAX_TOPIC_BYTES);
        }
        int size = draft.topic().length() + draft.payload().length + OutboundMessage.OVERHEAD_BYTES;
        if (size > limits.maxBytes()) {
            return new AppendResult.TooLarge(size, (int) limits.maxBytes());
        }
        String why = whyNot(size);
        if (why != null) {
            return new AppendResult.Full(why);
        }
        long id = ++lastId;
        heldBytes.addAndGet(size);
        long unsaved = unsavedBytes.addAndGet(size);
        arrivals.add(new Arrival(id, draft, topic, clock.now()));
        submitIntake(draft.prompt() || unsaved > HASTY_UNSAVED_BYTES);
        return new AppendResult.Stored(id, intakeCommit);
    }

    private @Nullable String whyNot(int size) {
        String said = refusal;
        if (said != null) {
            return said;
        }
        if (unsavedBytes.get() + size > MAX_UNSAVED_BYTES) {
            return "the disk does not keep up: " + unsavedBytes.get() + " bytes wait to be written";
        }
        if (limits.whenFull() == WhenFull.REJECT && heldBytes.get() + size > limits.maxBytes()) {
            return "the queue holds " + heldBytes.get() + " of " + limits.maxBytes() + " bytes";
        }
        return null;
    }

    /**
     * Sees to it that the writer takes the arrivals. If an intake was submitted and has not begun, it will find the
     * newest arrival too, since it clears the flag before it looks: then its commit covers that one as well.
     */
    private void submitIntake(boolean prompt) {
        if (intakeSubmitted.compareAndSet(false, true)) {
            Intake intake = new Intake();
            try {
                intakeCommit = writer.submit(intake, prompt);
            } catch (RuntimeException e) {
                intakeSubmitted.set(false);
                throw e;
            }
            intakePrompt = prompt;
            waits.after(intakeCommit, intake::saved);
        } else if (prompt && !intakePrompt) {
            writer.submit(H2OutboundQueue::nothing, true);
            intakePrompt = true;
        }
    }

    /** Takes all arrivals into the maps. */
    private final class Intake implements Runnable {
        private long throughId;
        private long bytes;

        /** Thread: {@code store-writer}. */
        @Override
        public void run() {
            intakeSubmitted.set(false);
            int taken = 0;
            // Ends, because unsaved bytes are bounded and become fewer only when this thread has committed.
            for (Arrival arrival = arrivals.poll(); arrival != null; arrival = arrivals.poll()) {
                bytes += stored.insert(arrival.id, arrival.draft, arrival.topic, arrival.stamp);
                throughId = arrival.id;
                taken++;
            }
            if (taken > 0) {
                makeRoom(taken + DROP_STEP);
                dropExpired(clock.now());
                stored.conclude();
            }
        }

        /** After the commit that covers the above. */
        void saved() {
            if (throughId > 0) {
                savedThrough.accumulateAndGet(throughId, Math::max);
                unsavedBytes.addAndGet(-bytes);
                readableListeners.forEach(Runnable::run);
            }
        }
    }

    /** Thread: {@code store-writer}. */
    private void makeRoom(int maxDrops) {
        if (limits.whenFull() != WhenFull.DROP_OLDEST) {
            return;
        }
        heldBytes.addAndGet(-stored.dropUntilFits(limits.maxBytes(), inFlightThrough, maxDrops));
        if (!stored.fits(limits.maxBytes(), inFlightThrough)) {
            expire();
        }
    }

    /** Thread: {@code store-writer}. */
    private void dropExpired(Stamp now) {
        long sinceLook = now.monotonicMillis() - expiryLookedAtMillis;
        if (expiryLookedAtMillis == Long.MIN_VALUE || sinceLook >= EXPIRY_INTERVAL_MILLIS) {
            expiryLookedAtMillis = now.monotonicMillis();
            long freed = stored.dropExpired(now, limits.maxAge().toMillis(), inFlightThrough, DROP_STEP);
            heldBytes.addAndGet(-freed);
            if (stored.mayHaveMoreExpired(inFlightThrough)) {
                expire();
            }
        }
    }

    /**
     * Drops what is too old or too much, in bounded steps on thread {@code store-writer}. Appending does the same; call
     * this now and then (each minute will do) for the time when nothing is appended. Any thread; returns at once.
     */
    public void expire() {
        if (expirySubmitted.compareAndSet(false, true)) {
            writer.submit(
                    () -> {
                        expirySubmitted.set(false);
                        expiryLookedAtMillis = Long.MIN_VALUE;
                        dropExpired(clock.now());
                        makeRoom(DROP_STEP);
                        stored.conclude();
                    },
                    false);
        }
    }

    /**
     * Refuses all further messages, for instance because the disk is full, or takes them again. Any thread.
     *
     * @param why what {@link AppendResult.Full} says; null to take messages again.
     */
    public void refuse(@Nullable String why) {
        refusal = why;
    }

    /**
     * The store reports that a commit and all before it are on disk. Any thread, but one at a time and in order; listeners
     * run on it.
     */
    public void committedThrough(long commit) {
        waits.committedThrough(commit);
    }

    @Override
    public List<OutboundMessage> readAfter(long afterId, int maxMessages, int maxBytes) {
        long through = savedThrough.get();
        if (afterId >= through) {
            return List.of();
        }
        List<OutboundMessage> read = new ArrayList<>();
        long bytes = 0;
        // Keeps the writer from reusing the pages of the version that is read here, though messages be removed
        // meanwhile.
        MVStore.TxCounter version = store.registerVersionUsage();
        try {
            Cursor<Long, byte[]> oldest = stored.messages().cursor(afterId + 1, through, false);
            while (read.size() < maxMessages && oldest.hasNext()) {
                long id = oldest.next();
                byte[] value = oldest.getValue();
                bytes += OutboundRecord.size(value);
                if (bytes > maxBytes && !read.isEmpty()) {
                    break;
                }
                decodeInto(read, id, value);
            }
        } finally {
            store.deregisterVersionUsage(version);
        }
        return read;
    }

    private void decodeInto(List<OutboundMessage> read, long id, byte[] value) {
        try {
            read.add(OutboundRecord.decode(id, value));
        } catch (OutboundRecord.DamagedRecordException e) {
            Logger.warn("{}; it is dropped", e.getMessage());
            discard(id, H2OutboundQueue::nothing);
        }
    }

    @Override
    public void remove(long[] ids, boolean prompt, Runnable onDisk) {
        long commit = writer.submit(
                () -> {
                    heldBytes.addAndGet(-stored.remove(ids));
                    stored.conclude();
                },
                prompt);
        waits.after(commit, onDisk);
    }

    @Override
    public void discard(long id, Runnable onDisk) {
        long commit = writer.submit(
                () -> {
                    heldBytes.addAndGet(-stored.drop(id));
                    stored.conclude();
                },
                false);
        waits.after(commit, onDisk);
    }

    @Override
    public void inFlightThrough(long id) {
        inFlightThrough = id;
    }

    @Override
    public void onReadable(Runnable listener) {
        readableListeners.add(listener);
    }

    @Override
    public QueueStats stats() {
        StoredMessages.View view = stored.view();
        Totals totals = view.totals();
        return new QueueStats(
                totals.depth(),
                totals.bytes(),
                oldestAgeMillis(view),
                totals.appended(),
                totals.removed(),
                totals.dropped());
    }

    private long oldestAgeMillis(StoredMessages.View view) {
        if (view.headId() == 0) {
            return 0;
        }
        Stamp head = view.head();
        return head == null ? Stamp.UNKNOWN : clock.now().millisSince(head);
    }

    /** The change that only hurries the commit of others. */
    private static void nothing() {}
}
