package dev.edgegateway.forward;

import dev.edgegateway.forward.ForwarderStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.tinylog.Logger;

/**
 * Brings the queue to the platform: keeps a window of the oldest messages in flight, removes what is acknowledged, and
 * connects again whenever the link is gone.
 *
 * <p>Everything happens on thread {@code forwarder}, which reads the store and so must never be interrupted; it is told
 * to stop by a flag. Others only leave news (acknowledgements, removals on disk, messages to read) and wake it.
 */
public final class Forwarder implements AutoCloseable {
    /** Longest wait in one go, so that {@link #turns} shows a live thread. */
    private static final long LONGEST_PARK_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How often a closing thread looks whether a connection attempt came in between. */
    private static final Duration CLOSE_LOOK = Duration.ofMillis(100);

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final OutboundQueue queue;
    private final PlatformLink link;
    private final ForwarderSettings settings;
    private final Ticker ticker;
    private final InstantSource wallClock;
    private final RandomGenerator random;
    private final Backoff backoff;
    private final Delivery delivery;
    private final Thread thread;

    /** Set by the forwarder just before it waits; whoever clears it has to wake it. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    private volatile boolean stopping;
    private volatile boolean hurry;
    private final AtomicLong turns = new AtomicLong();
    private final AtomicLong reconnects = new AtomicLong();
    private volatile Condition condition;

    // Of thread forwarder.
    private boolean connectedBefore;
    private boolean downReported;
    private long downSince;

    private record Condition(State state, Instant since, String lastError) {}

    private Forwarder(
            OutboundQueue queue,
            PlatformLink link,
            ForwarderSettings settings,
            Ticker ticker,
            InstantSource wallClock,
            RandomGenerator random) {
        this.queue = queue;
        this.link = link;
        this.settings = settings;
        this.ticker = ticker;
        this.wallClock = wallClock;
        this.random = random;
        backoff = new Backoff(settings.reconnectMin(), settings.reconnectMax(), random);
        delivery = new Delivery(queue, link, settings, this::wake);
        condition = new Condition(State.CONNECTING, wallClock.instant(), "");
        thread = Thread.ofPlatform().name("forwarder").daemon().unstarted(this::run);
    }

    /**
     * Starts forwarding. The platform need not be there.
     *
     * @param link closed with the forwarder.
     * @param ticker of this forwarder alone.
     */
    public static Forwarder open(
            OutboundQueue queue,
            PlatformLink link,
            ForwarderSettings settings,
            Ticker ticker,
            InstantSource wallClock,
            RandomGenerator random) {
        Forwarder forwarder = new Forwarder(queue, link, settings, ticker, wallClock, random);
        queue.onReadable(forwarder.delivery::readable);
        forwarder.thread.start();
        return forwarder;
    }

    /** As the other one, with the machine's clocks. */
    public static Forwarder open(OutboundQueue queue, PlatformLink link, ForwarderSettings settings) {
        return open(queue, link, settings, new SystemTicker(), InstantSource.system(), new SplittableRandom());
    }

    /** How it stands. Any thread. */
    public ForwarderStatus status() {
        Condition now = condition;
        return new ForwarderStatus(
                now.state,
                now.since,
                now.lastError,
                delivery.inFlight(),
                delivery.delivered(),
                delivery.unsendable(),
                reconnects.get());
    }

    /**
     * Rises while the thread is alive and well: at the latest every 5 s, or when a connection attempt ends. For a
     * watchdog. Any thread.
     */
    public long turns() {
        return turns.get();
    }

    /**
     * Stops sending, waits a moment for acknowledgements of what is in flight, publishes that the gateway goes offline and
     * disconnects. Takes no longer than {@link ForwarderSettings#closeWithin} and a second, however the network is; after
     * it the queue is not touched any more. Idempotent.
     */
    @Override
    public void close() {
        stopping = true;
        wake();
        long deadline = System.nanoTime() + settings.closeWithin().toNanos();
        while (!joined(CLOSE_LOOK) && System.nanoTime() < deadline) {
            if (condition.state == State.CONNECTING) {
                link.abandon();
            }
        }
        if (thread.isAlive()) {
            hurry = true;
            link.abandon();
            wake();
            if (!joined(Duration.ofSeconds(1))) {
                Logger.warn("Link to the platform does not close, it is left behind");
            }
        }
    }

    /** An interrupt of the caller shortens the wait and is kept for it. */
    private boolean joined(Duration longest) {
        try {
            return thread.join(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !thread.isAlive();
        }
    }

    private void wake() {
        if (waiting.get() && waiting.compareAndSet(true, false)) {
            ticker.unpark();
        }
    }

    private void run() {
        downSince = ticker.nanoTime();
        while (!stopping) {
            turns.incrementAndGet();
            try {
                connectAndServe();
            } catch (PlatformException e) {
                down(e, e.refused());
            } catch (InterruptedException e) {
                fault("Thread forwarder was interrupted, which it must never be: an interrupt closes the store", e);
            } catch (RuntimeException e) {
                fault("Forwarding failed, it is tried again", e);
            }
        }
        link.close();
        enter(State.STOPPED);
    }

    private void connectAndServe() throws PlatformException, InterruptedException {
        enter(State.CONNECTING);
        LinkInbox inbox = new LinkInbox(this::wake);
        link.connect(inbox);
        up();
        delivery.begin(inbox, ticker.nanoTime());
        try {
            serve(inbox);
        } finally {
            delivery.end();
        }
    }

    private void serve(LinkInbox inbox) throws PlatformException {
        long connectedAt = ticker.nanoTime();
        boolean stable = false;
        while (!stopping) {
            turns.incrementAndGet();
            Throwable lost = inbox.lost();
            if (lost != null) {
                throw new PlatformException("Link to the platform lost: " + lost.getMessage(), lost);
            }
            long now = ticker.nanoTime();
            if (!stable && now - connectedAt >= settings.stableAfter().toNanos()) {
                stable = true;
                backoff.reset();
            }
            if (!delivery.turn(now)) {
                rest(inbox, delivery.longestWait(now));
            }
        }
        finish(inbox);
    }

    /** What is acknowledged now need not be sent again after the next start. */
    private void finish(LinkInbox inbox) {
        long deadline = ticker.nanoTime() + settings.closeGrace().toNanos();
        while (inbox.lost() == null && !hurry) {
            turns.incrementAndGet();
            delivery.collect(true);
            long left = deadline - ticker.nanoTime();
            if (delivery.inFlight() == 0 || left <= 0) {
                return;
            }
            rest(inbox, Math.min(left, delivery.longestWait(ticker.nanoTime())));
        }
    }

    private void rest(LinkInbox inbox, long nanos) {
        boolean nothingYet = inbox.wakeAt(delivery.worthWakingFor());
        waiting.set(true);
        if (nothingYet && inbox.lost() == null && !delivery.hasNews() && !hurry) {
            ticker.park(Math.min(nanos, LONGEST_PARK_NANOS));
        }
        waiting.set(false);
    }

    private void up() {
        long took = ticker.nanoTime() - downSince;
        if (connectedBefore) {
            reconnects.incrementAndGet();
        }
        connectedBefore = true;
        downReported = false;
        enter(State.CONNECTED);
        Logger.info(
                "Platform connected after {} s, {} messages queued",
                took / NANOS_PER_SECOND,
                queue.stats().depth());
    }

    private void fault(String what, Exception e) {
        if (!downReported) {
            Logger.error(e, what);
        }
        down(new PlatformException(what + ": " + e, e), false);
    }

    private void down(PlatformException cause, boolean refused) {
        link.abandon();
        long wait = backoff.next();
        if (refused) {
            long least = settings.refusedWait().toNanos();
            wait = Math.max(wait, least + random.nextLong(least / 4 + 1));
        }
        if (stopping) {
            return;
        }
        if (!downReported) {
            downReported = true;
            downSince = ticker.nanoTime();
            Logger.warn(
                    "Platform {}: {}; {} messages queued",
                    refused ? "refuses us" : "not reached",
                    cause.getMessage(),
                    queue.stats().depth());
        } else {
            Logger.debug(cause, "Platform still away, next attempt in {} ms", TimeUnit.NANOSECONDS.toMillis(wait));
        }
        String text = String.valueOf(cause.getMessage());
        condition = new Condition(refused ? State.REFUSED : State.WAITING, wallClock.instant(), text);
        sleep(wait);
    }

    private void sleep(long nanos) {
        long until = ticker.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !stopping; left = until - ticker.nanoTime()) {
            turns.incrementAndGet();
            waiting.set(true);
            if (!stopping) {
                ticker.park(Math.min(left, LONGEST_PARK_NANOS));
            }
            waiting.set(false);
        }
    }

    private void enter(State state) {
        Condition last = condition;
        condition = new Condition(state, wallClock.instant(), last.lastError);
    }
}
