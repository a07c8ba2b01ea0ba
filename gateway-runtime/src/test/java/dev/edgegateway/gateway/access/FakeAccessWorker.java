package dev.edgegateway.gateway.access;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Works when it is told to, by a clock that stands still in between. */
final class FakeAccessWorker implements AccessWorker {
    private record Later(long atNanos, int number, Runnable work) {}

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final PriorityQueue<Later> later =
            new PriorityQueue<>(Comparator.comparingLong(Later::atNanos).thenComparingInt(Later::number));
    private int maxWaiting = 100;
    private int number;
    private long nanos;
    private boolean closed;

    long nanoTime() {
        return nanos;
    }

    FakeAccessWorker withRoomFor(int max) {
        maxWaiting = max;
        return this;
    }

    int waiting() {
        return waiting.size();
    }

    int delayed() {
        return later.size();
    }

    /** Does all that waits, and lets no time pass. */
    void work() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
        while (!later.isEmpty() && later.element().atNanos() <= nanos) {
            later.remove().work().run();
        }
    }

    /** Does all that waits, lets time pass, and does what is due then. */
    void pass(Duration time) {
        work();
        nanos += time.toNanos();
        work();
    }

    @Override
    public boolean offer(Runnable work) {
        return !closed && waiting.size() < maxWaiting && waiting.add(work);
    }

    @Override
    public boolean after(Duration delay, Runnable work) {
        return !closed && later.add(new Later(nanos + delay.toNanos(), number++, work));
    }

    @Override
    public void close() {
        closed = true;
        waiting.clear();
        later.clear();
    }
}
