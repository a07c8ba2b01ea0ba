package dev.edgegateway.forward;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Moves messages from the queue through the window to the link, and acknowledgements back. Outlives connections, because
 * acknowledged messages whose removal is not on disk yet must not be sent over the next one. Thread {@code forwarder}
 * unless a method says otherwise.
 */
final class Delivery {
    /** Messages read ahead; with {@link #READ_BYTES} what bounds the heap they take. */
    private static final int READ_MESSAGES = 256;

    private static final int READ_BYTES = 1 << 20;

    /** Messages sent between two looks at the acknowledgements. */
    private static final int BURST = 64;

    /** With many in flight, acknowledgements are gathered for so long, instead of waking up for each. */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final int GATHER_FROM = 8;
    private static final int GATHER_MOST = 64;

    private static final long WARN_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final OutboundQueue queue;
    private final PlatformLink link;
    private final ForwarderSettings settings;
    private final Runnable wake;
    private final InFlightWindow window;

    /** Removals that are on disk; filled by the store's thread. */
    private final ConcurrentLinkedQueue<long[]> onDisk = new ConcurrentLinkedQueue<>();

    private volatile boolean readable = true;
    private volatile int inFlight;
    private final AtomicLong delivered = new AtomicLong();
    private final AtomicLong unsendable = new AtomicLong();

    private long unsendableWarnedAt;
    private boolean unsendableWarned;

    // Of one connection.
    private @Nullable LinkInbox inbox;
    private List<OutboundMessage> read = List.of();
    private int nextRead;
    private long readThrough;
    private long progressAt;

    /** @param wake wakes thread {@code forwarder}; any thread. */
    Delivery(OutboundQueue queue, PlatformLink link, ForwarderSettings settings, Runnable wake) {
        this.queue = queue;
        this.link = link;
        this.settings = settings;
        this.wake = wake;
        window = new InFlightWindow(settings.window());
    }

    /** Messages came onto disk. Any thread. */
    void readable() {
        readable = true;
        wake.run();
    }

    /** Any thread. */
    int inFlight() {
        return inFlight;
    }

    /** Any thread. */
    long delivered() {
        return delivered.get();
    }

    /** Any thread. */
    long unsendable() {
        return unsendable.get();
    }

    /** A connection is there: starts again at the head of the queue. */
    void begin(LinkInbox connection, long now) {
        inbox = connection;
        read = List.of();
        nextRead = 0;
        readThrough = 0;
        readable = true;
        progressAt = now;
    }

    /** The connection is gone, or will be presently. */
    void end() {
        collect(false);
        inbox = null;
        read = List.of();
        window.connectionLost();
        inFlight = 0;
        // While nothing is on its way the queue may drop what is oldest.
        queue.inFlightThrough(0);
    }

    /**
     * Does what can be done now.
     *
     * @return whether there may be more to do at once.
     * @throws PlatformException if the connection is of no use any more.
     */
    boolean turn(long now) throws PlatformException {
        if (collect(window.free() < window.capacity() / 2)) {
            progressAt = now;
        }
        boolean wasIdle = window.inFlight() == 0;
        boolean more = send(now);
        if (wasIdle) {
            progressAt = now;
        }
        inFlight = window.inFlight();
        if (inFlight > 0 && now - progressAt >= settings.ackTimeout().toNanos()) {
            throw new PlatformException(
                    "the platform has acknowledged none of " + inFlight + " messages for "
                            + settings.ackTimeout().toSeconds() + " s",
                    null);
        }
        return more;
    }

    /**
     * Takes in acknowledgements and removals.
     *
     * @param prompt whether to have removals committed at once. Else they ride along with the next commit: fewer bytes
     *     written, and the window has room enough without.
     * @return whether there was an acknowledgement.
     */
    boolean collect(boolean prompt) {
        for (long[] ids = onDisk.poll(); ids != null; ids = onDisk.poll()) {
            window.removed(ids);
        }
        LinkInbox connection = inbox;
        int acknowledged = 0;
        if (connection != null) {
            for (long id : connection.take()) {
                if (window.acknowledge(id)) {
                    acknowledged++;
                }
            }
        }
        if (window.acknowledgedCount() > 0) {
            long[] ids = window.takeAcknowledged();
            queue.remove(ids, prompt, () -> removed(ids));
        }
        if (acknowledged > 0) {
            delivered.addAndGet(acknowledged);
        }
        inFlight = window.inFlight();
        return acknowledged > 0;
    }

    /** Any thread. */
    private void removed(long[] ids) {
        onDisk.add(ids);
        wake.run();
    }

    /** @return whether it ended at the bound of a burst only. */
    private boolean send(long now) throws PlatformException {
        for (int sent = 0; sent < BURST; ) {
            OutboundMessage message = next();
            if (message == null || !hasRoomFor(message)) {
                return false;
            }
            nextRead++;
            if (window.enter(message.id(), message.size())) {
                publish(message, now);
                sent++;
            }
        }
        return true;
    }

    private boolean hasRoomFor(OutboundMessage message) {
        return window.admits(message.id())
                && (window.inFlight() == 0 || window.bytesInFlight() + message.size() <= settings.windowBytes());
    }

    private @Nullable OutboundMessage next() {
        if (nextRead == read.size()) {
            if (!readable) {
                return null;
            }
            // Before the look and not after it, so that what comes onto disk meanwhile is not overlooked.
            readable = false;
            read = queue.readAfter(readThrough, READ_MESSAGES, READ_BYTES);
            nextRead = 0;
            if (read.isEmpty()) {
                window.nothingFollows();
                return null;
            }
            readable = true;
            readThrough = read.getLast().id();
            queue.inFlightThrough(readThrough);
        }
        return read.get(nextRead);
    }

    private void publish(OutboundMessage message, long now) throws PlatformException {
        try {
            link.publish(message);
        } catch (UnsendableException e) {
            long id = message.id();
            window.giveUp(id);
            long number = unsendable.incrementAndGet();
            queue.discard(id, () -> removed(new long[] {id}));
            if (!unsendableWarned || now - unsendableWarnedAt >= WARN_INTERVAL_NANOS) {
                unsendableWarned = true;
                unsendableWarnedAt = now;
                Logger.warn("Message {} can never be sent and is dropped, number {}: {}", id, number, e.getMessage());
            }
        }
    }

    /** Whether something came in that {@link #turn} has not seen. */
    boolean hasNews() {
        return !onDisk.isEmpty() || (readable && nextRead == read.size());
    }

    /** How many acknowledgements are worth a turn of their own. */
    int worthWakingFor() {
        return window.inFlight() < GATHER_FROM ? 1 : Math.min(GATHER_MOST, window.inFlight() / 4);
    }

    /** @return nanoseconds until the next turn even if nothing happens. */
    long longestWait(long now) {
        if (window.inFlight() == 0) {
            return Long.MAX_VALUE;
        }
        if (window.inFlight() >= GATHER_FROM) {
            return GATHER_NANOS;
        }
        return Math.max(1, settings.ackTimeout().toNanos() - (now - progressAt));
    }
}
