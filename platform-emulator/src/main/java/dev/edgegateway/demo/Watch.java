package dev.edgegateway.demo;

import dev.edgegateway.demo.screen.Screen;
import dev.edgegateway.demo.screen.Snapshot;
import dev.edgegateway.demo.screen.Words;
import dev.edgegateway.gateway.rehearsal.SeverableProxy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the path while it is rehearsed, asks the gateway how it is, and shows both. Runs two virtual threads until
 * closed: one asks, one shows.
 */
final class Watch implements AutoCloseable {
    private static final long LOOK_MILLIS = 250;
    private static final int LOOKS_PER_LINE = 4;

    /** What is looked at. */
    record Path(Books books, GatewayProcess gateway, SeverableProxy uplink, Health.Probe probe) {}

    private final DemoOptions options;
    private final Path path;
    private final Screen screen;
    private final Stopwatch stopwatch;
    private final EventLog events;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Thread> threads;
    private final RateMeter acknowledged = new RateMeter();
    private final RateMeter delivered = new RateMeter();

    private volatile @Nullable Health health;
    private volatile String phase = "starting";
    private volatile long cutAtNanos;
    private volatile long mostQueued;

    Watch(DemoOptions options, Path path, Screen screen, Stopwatch stopwatch, EventLog events) {
        this.options = options;
        this.path = path;
        this.screen = screen;
        this.stopwatch = stopwatch;
        this.events = events;
        this.threads = List.of(
                Thread.ofVirtual().name("probe").start(this::probe),
                Thread.ofVirtual().name("show").start(this::show));
    }

    /** @param now what goes on, one or two words. */
    void phase(String now) {
        phase = now;
    }

    void cut() {
        cutAtNanos = System.nanoTime();
    }

    /** What the gateway said last; empty if the process that runs now has not said anything yet. */
    Optional<Health> health() {
        Health said = health;
        return said != null && said.pid() == path.gateway().pid() ? Optional.of(said) : Optional.empty();
    }

    long mostQueued() {
        return mostQueued;
    }

    @Override
    public void close() {
        closing.countDown();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void probe() {
        try {
            do {
                Health said = path.probe().ask().orElse(null);
                health = said;
                if (said != null) {
                    mostQueued = Math.max(mostQueued, said.queued());
                }
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        try {
            for (int look = 0; !closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); look++) {
                Snapshot snapshot = snapshot();
                if (screen.live()) {
                    screen.draw(snapshot);
                } else if (look % LOOKS_PER_LINE == 0) {
                    screen.line(line(snapshot));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Snapshot snapshot() {
        long now = System.nanoTime();
        Books books = path.books();
        return new Snapshot(
                phase,
                stopwatch.elapsed(),
                Duration.ofSeconds(options.seconds()),
                options.seed(),
                sensors(books),
                books.devices(),
                gateway(),
                uplink(now),
                books.application(),
                acknowledged.perSecond(now, books.acknowledgements()),
                delivered.perSecond(now, books.deliveries()),
                events.all());
    }

    static List<Snapshot.Sensor> sensors(Books books) {
        return List.of(
                books.sensor(GatewayToml.SERIAL_SENSOR, "serial"), books.sensor(GatewayToml.SYSTEM_SENSOR, "system"));
    }

    private Snapshot.Gateway gateway() {
        GatewayProcess gateway = path.gateway();
        Optional<Health> said = health();
        return new Snapshot.Gateway(
                gateway.pid(),
                said.isPresent(),
                gateway.residentBytes(),
                said.map(Health::clients).orElse(0),
                said.map(Health::queued).orElse(0L),
                mostQueued,
                said.map(Health::oldest).orElse(Duration.ZERO),
                gateway.starts());
    }

    private Snapshot.Uplink uplink(long now) {
        if (path.uplink().state() == SeverableProxy.State.SEVERED) {
            return new Snapshot.Uplink(Snapshot.Wire.CUT, Duration.ofNanos(now - cutAtNanos));
        }
        boolean connected = health().map(Health::uplinkConnected).orElse(false);
        return new Snapshot.Uplink(connected ? Snapshot.Wire.CONNECTED : Snapshot.Wire.IDLE, Duration.ZERO);
    }

    /** The same in one line, for an output that takes lines. */
    private static String line(Snapshot snapshot) {
        Snapshot.Gateway gateway = snapshot.gateway();
        long open = snapshot.devices().stream().mapToLong(Snapshot.Device::open).sum();
        return String.format(
                Locale.ROOT,
                "%8s  %-10s acked %8s  arrived %8s  queued %s  open %s  uplink %s  %s",
                Words.seconds(snapshot.elapsed()),
                snapshot.phase(),
                Words.perSecond(snapshot.acknowledgedPerSecond()),
                Words.perSecond(snapshot.deliveredPerSecond()),
                gateway.answering() ? Words.count(gateway.queued()) : "?",
                Words.count(open),
                switch (snapshot.uplink().wire()) {
                    case CONNECTED -> "up";
                    case IDLE -> "joining";
                    case CUT -> "CUT";
                },
                Words.mebibytes(gateway.residentBytes()));
    }
}
