package dev.edgegateway.demo.client;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * A device that measures at its pace and numbers what it publishes without a gap. It has a bounded number of messages
 * unacknowledged; when the window is full it waits, and so it does without a connection, so that everything it ever
 * numbered at QoS 1 or 2 is acknowledged in the end.
 *
 * <p>Thread: {@link #step} is for one thread only, which {@link #run} is made for; the rest for any.
 */
final class LanDevice implements Runnable {
    static final int WINDOW = 20;

    /** How much of the pace is made up for after a pause; what a device would have measured before that is not sent. */
    private static final long MAKE_UP_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long FIRST_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LONGEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long UNTIL_SIGNALLED = Long.MAX_VALUE;

    private final DeviceSpec spec;
    private final DeviceLink link;
    private final Consumer<Report> reports;
    private final InstantSource clock;
    private final Random random;
    private final long intervalNanos;

    // Only the device's own thread uses these.
    private long nextSequence = 1;
    private long dueAt;
    private boolean paced;
    private boolean finished;
    private long attemptAt;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final TreeSet<Long> unacknowledged = new TreeSet<>();
    private long changes;
    private boolean connected;
    private boolean publishing = true;
    private boolean ended;

    /** @param random for the pace's phase, the pauses' jitter and the values. */
    LanDevice(DeviceSpec spec, DeviceLink link, Consumer<Report> reports, InstantSource clock, Random random) {
        this.spec = spec;
        this.link = link;
        this.reports = reports;
        this.clock = clock;
        this.random = random;
        this.intervalNanos = Math.round(1e9 / spec.messagesPerSecond());
    }

    /** Publishes nothing new from now on; what is unacknowledged is still seen through. */
    void stopPublishing() {
        change(() -> publishing = false);
    }

    /** Makes {@link #run} return soon. */
    void end() {
        change(() -> ended = true);
    }

    /** Steps until the end, then closes the link. */
    @Override
    public void run() {
        try (link) {
            while (true) {
                long seen = seenChanges();
                long pause = step(System.nanoTime());
                if (!awaitChange(seen, pause)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Does what is due: connects, or publishes one message.
     *
     * @param now in nanoseconds, of a clock that never goes back.
     * @return how many nanoseconds from now there is more to do, unless something changes before.
     */
    long step(long now) {
        if (!finished && isDone()) {
            finished = true;
            reports.accept(new Report.Finished(spec.id()));
        }
        if (!isConnected()) {
            return now < attemptAt ? attemptAt - now : connect(now);
        }
        if (!paced) {
            paced = true;
            dueAt = now + (long) (random.nextDouble() * intervalNanos);
        }
        if (now < dueAt) {
            return dueAt - now;
        }
        return reserve() ? publish(now) : UNTIL_SIGNALLED;
    }

    private long connect(long now) {
        try {
            link.connect(new Events());
        } catch (IOException e) {
            long pause = pauseNanos / 2 + (long) (random.nextDouble() * pauseNanos / 2);
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
            attemptAt = now + pause;
            return pause;
        }
        pauseNanos = FIRST_PAUSE_NANOS;
        change(() -> connected = true);
        reports.accept(new Report.Connected(spec.id()));
        return 0;
    }

    /** Takes a place in the window, if there is one and a message is wanted. */
    private boolean reserve() {
        lock.lock();
        try {
            if (!publishing || unacknowledged.size() >= WINDOW) {
                return false;
            }
            unacknowledged.add(nextSequence);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long publish(long now) {
        double value = 20 + 5 * random.nextGaussian();
        try {
            link.publish(nextSequence, new Event(spec.id(), nextSequence, value, clock.instant()).encode());
        } catch (IOException e) {
            // Not taken: the same number is used again. The link may tell of its loss before or after this.
            change(() -> unacknowledged.remove(nextSequence));
            new Events().lost();
            return 0;
        }
        nextSequence++;
        dueAt = Math.max(dueAt + intervalNanos, now - MAKE_UP_NANOS);
        return Math.max(0, dueAt - now);
    }

    private boolean isDone() {
        lock.lock();
        try {
            return !publishing && unacknowledged.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isConnected() {
        lock.lock();
        try {
            return connected;
        } finally {
            lock.unlock();
        }
    }

    private long seenChanges() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changes++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the pause, or for a change since the count was seen; false at the end. */
    private boolean awaitChange(long seen, long pauseNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = pauseNanos;
            while (left > 0 && changes == seen && !ended) {
                left = changed.awaitNanos(left);
            }
            return !ended;
        } finally {
            lock.unlock();
        }
    }

    /** What the link tells, on its threads. */
    private final class Events implements DeviceLink.Listener {
        @Override
        public void acknowledged(long sequence) {
            boolean[] first = new boolean[1];
            change(() -> first[0] = unacknowledged.remove(sequence));
            if (first[0]) {
                reports.accept(new Report.Acknowledged(spec.id(), sequence));
            }
        }

        @Override
        public void lost() {
            boolean[] first = new boolean[1];
            change(() -> {
                first[0] = connected;
                connected = false;
                if (!spec.guaranteed()) {
                    unacknowledged.clear(); // at QoS 0 what was on its way is gone, and nobody will say so
                }
            });
            if (first[0]) {
                reports.accept(new Report.Disconnected(spec.id()));
            }
        }

        @Override
        public void command(byte[] payload) {
            Command command = Command.decode(payload).orElse(new Command("", 0));
            reports.accept(new Report.CommandReceived(spec.id(), command.device(), command.number()));
        }
    }
}
