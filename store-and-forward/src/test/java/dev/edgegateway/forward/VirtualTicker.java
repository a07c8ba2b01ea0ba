package dev.edgegateway.forward;

import java.time.Duration;

/** Time that moves by method call. The thread that parks is let go when its time has come or something wakes it. */
public final class VirtualTicker implements Ticker {
    private static final long PATIENCE_MILLIS = 20_000;

    private long now;
    private boolean permit;
    private boolean parked;
    private long wakeAt;

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized void park(long nanos) {
        wakeAt = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
        parked = true;
        notifyAll();
        while (!permit && now < wakeAt) {
            waitFor(PATIENCE_MILLIS);
        }
        permit = false;
        parked = false;
    }

    @Override
    public synchronized void unpark() {
        permit = true;
        notifyAll();
    }

    /** Waits, in real time, until the parking thread has nothing to do before time moves on. */
    public synchronized void settle() {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!parked || permit || now >= wakeAt) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the thread did not come to rest");
            }
            waitFor(100);
        }
    }

    /** Moves time on, stopping wherever the parking thread wants to be woken on the way. */
    public synchronized void advance(Duration time) {
        long target = now + time.toNanos();
        settle();
        while (wakeAt <= target) {
            now = wakeAt;
            notifyAll();
            settle();
        }
        now = target;
    }

    /** Moves time on without looking whether anybody still waits. */
    public synchronized void jump(Duration time) {
        now += time.toNanos();
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // both callers loop
    private void waitFor(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
