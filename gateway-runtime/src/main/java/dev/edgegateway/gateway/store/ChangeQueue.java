package dev.edgegateway.gateway.store;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to the writer, in the order of arrival. Any thread hands over; one thread takes.
 *
 * <p>How a change learns its commit without a lock: the number of the commit that is gathering now is read after the
 * change was queued, and the writer raises that number before it looks into the queue. Whoever read the old number was
 * queued before the writer looked; whoever read the new one is covered at the latest by the commit of that number.
 */
final class ChangeQueue {
    /** Changes above which those that may wait are committed at once. */
    private static final int MANY = 4096;

    private final ConcurrentLinkedQueue<Runnable> changes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicLong gathering = new AtomicLong(1);
    /** The highest number anyone was given. */
    private final AtomicLong given = new AtomicLong();

    private volatile boolean prompt;
    private volatile boolean parked;
    private volatile @Nullable Thread writer;

    /** See {@link DurableStore#submit}. */
    long submit(Runnable change, boolean now) {
        int before = pending.getAndIncrement();
        changes.offer(change);
        long number = gathering.get();
        if (given.get() < number) {
            given.accumulateAndGet(number, Math::max);
        }
        if (now || before >= MANY) {
            if (!prompt) {
                prompt = true;
                wake();
            }
        } else if (before == 0) {
            wake();
        }
        return number;
    }

    /** Wakes the writer if it sleeps. */
    void wake() {
        if (parked) {
            LockSupport.unpark(writer);
        }
    }

    /** Makes the writer take what there is without waiting for company. */
    void hurry() {
        prompt = true;
        wake();
    }

    /**
     * Whether there is nothing to commit: no change, and nobody who waits for the number that gathers now. The latter
     * happens when a change is queued while the commit before has begun, and is taken into it.
     */
    boolean isEmpty() {
        return pending.get() == 0 && given.get() < gathering.get();
    }

    int size() {
        return pending.get();
    }

    /**
     * Sleeps until a change wants a commit now, or the time is over, or a change came where there was none. Thread:
     * the writer's.
     *
     * @param nanos at most so long; spurious returns happen.
     */
    void await(long nanos) {
        writer = Thread.currentThread();
        boolean wasEmpty = isEmpty();
        parked = true;
        if (!prompt && wasEmpty == isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        parked = false;
    }

    boolean wantsCommit() {
        return prompt;
    }

    /** Closes the gathering and begins the next. @return the number of the commit that covers all queued so far. */
    long beginCommit() {
        prompt = false;
        return gathering.getAndIncrement();
    }

    /** The next change of this commit, or null. */
    @Nullable
    Runnable poll() {
        Runnable change = changes.poll();
        if (change != null) {
            pending.decrementAndGet();
        }
        return change;
    }
}
