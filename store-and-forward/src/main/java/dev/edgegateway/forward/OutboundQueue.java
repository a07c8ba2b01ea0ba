package dev.edgegateway.forward;

import java.util.List;

/** The messages the platform does not have yet, oldest first. */
public interface OutboundQueue {
    /** Offers a message. One thread at a time, in the order of arrival; never blocks. */
    AppendResult append(OutboundDraft draft);

    /**
     * The oldest messages after one, as far as they are on disk. Thread: {@code forwarder}.
     *
     * @param afterId 0 for the head of the queue.
     * @param maxMessages at least 1.
     * @param maxBytes the first message is returned whatever its size.
     * @return empty if there are none, never null.
     */
    List<OutboundMessage> readAfter(long afterId, int maxMessages, int maxBytes);

    /**
     * Forgets messages the platform has acknowledged. Returns at once; the removal is on disk when {@code onDisk} runs.
     *
     * @param prompt whether the removal should be committed at once instead of with the next append or interval.
     * @param onDisk run on any thread, once.
     */
    void remove(long[] ids, boolean prompt, Runnable onDisk);

    /**
     * Forgets a message that can never be sent and counts it as dropped. Returns at once.
     *
     * @param onDisk run on any thread, once.
     */
    void discard(long id, Runnable onDisk);

    /**
     * Says up to which message copies are on their way to the platform, so that a full queue does not drop those. Any
     * thread.
     *
     * @param id 0 for none.
     */
    void inFlightThrough(long id);

    /** Calls this whenever messages came onto disk that {@link #readAfter} can return. Any thread; must not block. */
    void onReadable(Runnable listener);

    /** Counters as they stand. Any thread. */
    QueueStats stats();
}
