package dev.edgegateway.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Publishers that take turns by the clock, whatever the broker does. */
public final class FixedRate {
    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    /** Sleeping ends late by some tens of microseconds, so the rest of a wait is spent looking. */
    private static final long SLEEP_SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(150);

    private final Clients clients;
    private final int subscribers;
    private final long intervalNanos;
    private final long stallNanos;

    private FixedRate(Clients clients, int subscribers, int perSecond, Duration stall) {
        this.clients = clients;
        this.subscribers = subscribers;
        this.intervalNanos = NANOS_PER_SECOND / perSecond;
        this.stallNanos = stall.toNanos();
    }

    /**
     * Runs once, on the calling thread.
     *
     * @param perSecond messages of all publishers together.
     * @param warmUp part at the beginning which is not counted.
     * @param stall how long nothing may arrive before the run is given up.
     * @throws IOException if the clients cannot connect.
     */
    public static Latency run(
            InetSocketAddress broker, Shape shape, int perSecond, Duration warmUp, Duration measured, Duration stall)
            throws IOException {
        Histogram histogram = new Histogram(LONGEST_NANOS, DIGITS);
        long start = System.nanoTime();
        long from = start + warmUp.toNanos();
        Subscriber.Listener recorder = sentNanos -> {
            if (sentNanos >= from) {
                histogram.recordValue(Math.clamp(System.nanoTime() - sentNanos, 0, LONGEST_NANOS));
            }
        };
        try (Clients clients = Clients.open(broker, shape, recorder)) {
            List<String> problems = new ArrayList<>();
            try {
                new FixedRate(clients, shape.subscribers(), perSecond, stall).run(start, from + measured.toNanos());
            } catch (ProtocolException | IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            problems.addAll(clients.problems());
            return new Latency(histogram, problems);
        }
    }

    private void run(long start, long end) throws IOException {
        long due = Math.max(start, System.nanoTime());
        int turn = 0;
        long stalledAt = due + stallNanos;
        long seen = 0;
        boolean all = false;
        while (!all || !clients.isSettled()) {
            long now = System.nanoTime();
            while (!all && due <= now) {
                clients.publishers().get(turn).sendOne(due);
                turn = (turn + 1) % clients.publishers().size();
                due += intervalNanos;
                all = due >= end;
            }
            clients.serve(0);
            long received = clients.received();
            if (received != seen) {
                seen = received;
                stalledAt = now + stallNanos;
            } else if (now > stalledAt) {
                throw new ProtocolException(
                        "nothing came for " + Duration.ofNanos(stallNanos).toMillis() + " ms");
            }
            if (received == clients.sent() * subscribers && due - now > 2 * SLEEP_SHORT_NANOS) {
                LockSupport.parkNanos(due - now - SLEEP_SHORT_NANOS);
            }
        }
    }
}
