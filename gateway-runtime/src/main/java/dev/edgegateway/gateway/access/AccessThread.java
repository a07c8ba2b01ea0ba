package dev.edgegateway.gateway.access;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.tinylog.Logger;

/** Thread {@code access}: one, so that only one hash takes its memory; it ends when nobody has logged in for a while. */
final class AccessThread implements AccessWorker {
    /** At 40 ms a hash, as a fast machine needs it, the last one waits for some seconds. */
    static final int MAX_WAITING = 100;

    static final int MAX_DELAYED = 1000;

    private final ScheduledThreadPoolExecutor executor;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger delayed = new AtomicInteger();

    AccessThread() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("access").daemon().factory());
        executor.setKeepAliveTime(30, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public boolean offer(Runnable work) {
        return hand(waiting, MAX_WAITING, Duration.ZERO, work);
    }

    @Override
    public boolean after(Duration delay, Runnable work) {
        return hand(delayed, MAX_DELAYED, delay, work);
    }

    private boolean hand(AtomicInteger count, int max, Duration delay, Runnable work) {
        if (count.incrementAndGet() > max) {
            count.decrementAndGet();
            return false;
        }
        try {
            executor.schedule(() -> run(count, work), delay.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            count.decrementAndGet();
            return false;
        }
    }

    private static void run(AtomicInteger count, Runnable work) {
        count.decrementAndGet();
        try {
            work.run();
        } catch (RuntimeException e) {
            Logger.error(e, "A login could not be decided");
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
