package dev.edgegateway.forward;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The queue without a disk: a commit happens when the test says so, or with each call. */
public final class InMemoryOutboundQueue implements OutboundQueue {
    private final QueueLimits limits;
    private final Stamp.Source clock;
    private final boolean commitsAtOnce;
    private final TreeMap<Long, OutboundMessage> messages = new TreeMap<>();
    private final List<Runnable> atCommit = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final List<long[]> removals = new ArrayList<>();
    private final List<Boolean> removalPromptness = new ArrayList<>();
    private long lastId;
    private long savedThrough;
    private long commit = 1;
    private long inFlightThrough;
    private long bytes;
    private long appended;
    private long removed;
    private long dropped;

    public InMemoryOutboundQueue(QueueLimits limits, Stamp.Source clock, boolean commitsAtOnce) {
        this.limits = limits;
        this.clock = clock;
        this.commitsAtOnce = commitsAtOnce;
    }

    @Override
    public synchronized AppendResult append(OutboundDraft draft) {
        int size = draft.topic().length() + draft.payload().length + OutboundMessage.OVERHEAD_BYTES;
        if (draft.payload().length > limits.maxMessageBytes()) {
            return new AppendResult.TooLarge(draft.payload().length, limits.maxMessageBytes());
        }
        int topicBytes = draft.topic().getBytes(StandardCharsets.UTF_8).length;
        if (topicBytes > 65_535) {
            return new AppendResult.TooLarge(topicBytes, 65_535);
        }
        if (size > limits.maxBytes()) {
            return new AppendResult.TooLarge(size, (int) limits.maxBytes());
        }
        if (limits.whenFull() == QueueLimits.WhenFull.REJECT && bytes + size > limits.maxBytes()) {
            return new AppendResult.Full("full");
        }
        long id = ++lastId;
        messages.put(
                id, new OutboundMessage(id, draft.topic(), draft.payload(), draft.qos(), draft.retain(), clock.now()));
        bytes += size;
        appended++;
        while (bytes > limits.maxBytes() && messages.higherKey(inFlightThrough) != null) {
            drop(messages.higherKey(inFlightThrough));
        }
        long covering = commit;
        if (commitsAtOnce) {
            commit();
        }
        return new AppendResult.Stored(id, covering);
    }

    @Override
    public synchronized List<OutboundMessage> readAfter(long afterId, int maxMessages, int maxBytes) {
        List<OutboundMessage> read = new ArrayList<>();
        long sum = 0;
        for (OutboundMessage message : messages.tailMap(afterId, false).values()) {
            sum += message.size();
            boolean tooMuch = read.size() == maxMessages || (sum > maxBytes && !read.isEmpty());
            if (message.id() > savedThrough || tooMuch) {
                break;
            }
            read.add(message);
        }
        return read;
    }

    @Override
    public synchronized void remove(long[] ids, boolean prompt, Runnable onDisk) {
        removals.add(ids);
        removalPromptness.add(prompt);
        for (long id : ids) {
            OutboundMessage was = messages.remove(id);
            if (was != null) {
                bytes -= was.size();
                removed++;
            }
        }
        atCommit.add(onDisk);
        if (commitsAtOnce) {
            commit();
        }
    }

    @Override
    public synchronized void discard(long id, Runnable onDisk) {
        drop(id);
        atCommit.add(onDisk);
        if (commitsAtOnce) {
            commit();
        }
    }

    private void drop(long id) {
        OutboundMessage was = messages.remove(id);
        if (was != null) {
            bytes -= was.size();
            dropped++;
        }
    }

    public synchronized void expire() {
        boolean expired = false;
        for (OutboundMessage message : List.copyOf(messages.values()).reversed()) {
            long age = clock.now().millisSince(message.stamp());
            expired |= age > limits.maxAge().toMillis();
            if (expired && message.id() > inFlightThrough) {
                drop(message.id());
            }
        }
    }

    public synchronized void commit() {
        boolean more = savedThrough < lastId;
        savedThrough = lastId;
        commit++;
        List<Runnable> due = List.copyOf(atCommit);
        atCommit.clear();
        due.forEach(Runnable::run);
        if (more) {
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public synchronized void inFlightThrough(long id) {
        inFlightThrough = id;
    }

    public synchronized long inFlightThrough() {
        return inFlightThrough;
    }

    /** The removals asked for so far, each with its ids. */
    public synchronized List<long[]> removals() {
        return List.copyOf(removals);
    }

    /** For each removal whether it was prompt. */
    public synchronized List<Boolean> removalPromptness() {
        return List.copyOf(removalPromptness);
    }

    @Override
    public void onReadable(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized QueueStats stats() {
        long age = messages.isEmpty()
                ? 0
                : clock.now().millisSince(messages.firstEntry().getValue().stamp());
        return new QueueStats(messages.size(), bytes, age, appended, removed, dropped);
    }
}
