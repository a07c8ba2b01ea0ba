package dev.edgegateway.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Publishers that wait for their subscribers: as fast as the broker goes and never faster than it can do without losing
 * something.
 */
public final class ClosedLoop {
    private static final long SELECT_MILLIS = 20;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Clients clients;
    private final LongSupplier brokerCpuNanos;
    private final long stallNanos;
    private Reading begin;
    private Reading end;

    /** Counters at one instant. */
    private record Reading(long nanos, long received, long brokerCpuNanos, long generatorCpuNanos) {}

    private ClosedLoop(Clients clients, LongSupplier brokerCpuNanos, Duration stall) {
        this.clients = clients;
        this.brokerCpuNanos = brokerCpuNanos;
        this.stallNanos = stall.toNanos();
        this.begin = read();
        this.end = begin;
    }

    /**
     * Runs once, on the calling thread.
     *
     * @param brokerCpuNanos CPU time the broker's process has used so far.
     * @param stall how long nothing may arrive before the run is given up.
     * @return what was measured, with the reasons why it does not count if something is missing.
     * @throws IOException if the clients cannot connect.
     */
    public static Throughput run(
            InetSocketAddress broker, Shape shape, Extent extent, LongSupplier brokerCpuNanos, Duration stall)
            throws IOException {
        try (Clients clients = Clients.open(broker, shape, sentNanos -> {})) {
            ClosedLoop loop = new ClosedLoop(clients, brokerCpuNanos, stall);
            List<String> problems = new ArrayList<>();
            try {
                switch (extent) {
                    case Extent.Timed timed -> loop.timed(timed);
                    case Extent.Counted counted -> loop.counted(counted.perPublisher());
                }
            } catch (ProtocolException | IOException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            problems.addAll(clients.problems());
            return new Throughput(
                    loop.end.received - loop.begin.received,
                    Math.max(1, loop.end.nanos - loop.begin.nanos),
                    loop.end.brokerCpuNanos - loop.begin.brokerCpuNanos,
                    loop.end.generatorCpuNanos - loop.begin.generatorCpuNanos,
                    clients.sent(),
                    problems);
        }
    }

    private void timed(Extent.Timed timed) throws IOException {
        long start = System.nanoTime();
        turnUntil(start + timed.warmUp().toNanos());
        begin = read();
        end = begin;
        turnUntil(begin.nanos + timed.measured().toNanos());
        end = read();
        drain();
    }

    private void counted(long perPublisher) throws IOException {
        long stalledAt = System.nanoTime() + stallNanos;
        long seen = 0;
        while (clients.publishers().stream().anyMatch(publisher -> publisher.sent() < perPublisher)) {
            stalledAt = turn(perPublisher, seen, stalledAt);
            seen = clients.received();
        }
        drain();
        end = read();
    }

    private void turnUntil(long deadline) throws IOException {
        long stalledAt = System.nanoTime() + stallNanos;
        long seen = 0;
        while (System.nanoTime() < deadline) {
            stalledAt = turn(Long.MAX_VALUE, seen, stalledAt);
            seen = clients.received();
        }
    }

    /** Lets what is under way arrive, without sending more. */
    private void drain() throws IOException {
        long stalledAt = System.nanoTime() + stallNanos;
        long seen = 0;
        while (!clients.isSettled()) {
            stalledAt = turn(0, seen, stalledAt);
            seen = clients.received();
        }
    }

    /** Sends what may be sent and takes what comes. @return when to give up if nothing more comes. */
    private long turn(long last, long seen, long stalledAt) throws IOException {
        for (int i = 0; i < clients.publishers().size(); i++) {
            clients.publishers().get(i).send(clients.through(i), last);
        }
        clients.serve(SELECT_MILLIS);
        long now = System.nanoTime();
        if (clients.received() != seen) {
            return now + stallNanos;
        }
        if (now > stalledAt) {
            throw new ProtocolException(
                    "nothing came for " + Duration.ofNanos(stallNanos).toMillis() + " ms");
        }
        return stalledAt;
    }

    private Reading read() {
        return new Reading(
                System.nanoTime(), clients.received(), brokerCpuNanos.getAsLong(), THREADS.getCurrentThreadCpuTime());
    }
}
