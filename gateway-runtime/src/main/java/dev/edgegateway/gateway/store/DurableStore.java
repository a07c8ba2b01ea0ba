package dev.edgegateway.gateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The one file that holds all that must survive, and the one thread that writes it.
 *
 * <p>Changes are handed over with {@link #submit} and run on thread {@code store-writer} in the order of arrival. All
 * that arrived while the last sync ran becomes the next commit; there is no timer on that path. Once a commit is synced
 * the listeners hear its number. A failure to write ends the store: no further commit is ever announced, so nothing is
 * acknowledged that is not on disk, and the owner is told.
 *
 * <p>The writer is never interrupted, because an interrupt would close the file under it; neither may threads be that
 * read the maps.
 */
public final class DurableStore implements AutoCloseable {
    private static final String FILE = "gateway.mv";
    private static final int CACHE_MEGABYTES = 4;
    /** Changes after which a long batch is written out in between, so that its pages do not pile up in memory. */
    private static final int CHANGES_PER_WRITE = 5000;

    private static final long IDLE_NANOS = Duration.ofSeconds(2).toNanos();

    private final String file;
    private final MVStore store;
    private final long commitIntervalNanos;
    private final Consumer<Throwable> onFailure;
    private final SpaceKeeper space;
    private final ChangeQueue changes = new ChangeQueue();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Thread writer;
    private final MVMap<String, Long> totals;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long generation;
    private volatile boolean closing;
    private volatile @Nullable Throwable failure;
    private volatile long commits;
    private volatile long lastSyncNanos;
    private volatile long progress;
    private long tidiedNanos = System.nanoTime();

    private DurableStore(String file, MVStore store, Duration commitInterval, Consumer<Throwable> onFailure) {
        this.file = file;
        this.store = store;
        this.space = new SpaceKeeper(store);
        this.commitIntervalNanos = commitInterval.toNanos();
        this.onFailure = onFailure;
        this.totals = store.openMap(
                "gateway.totals",
                new MVMap.Builder<String, Long>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(LongDataType.INSTANCE));
        this.generation = count("generation");
        store.commit();
        store.sync();
        this.writer = new Thread(this::write, "store-writer");
        writer.setDaemon(true);
    }

    /**
     * Opens the store in a directory, making both if they are missing.
     *
     * @param commitInterval how long a change that is not prompt may wait for company.
     * @param onFailure told once, on thread {@code store-writer}, when the store can no longer be written.
     * @throws StoreException if it cannot be opened; nothing was changed then.
     */
    public static DurableStore open(Path directory, Duration commitInterval, Consumer<Throwable> onFailure) {
        try {
            Files.createDirectories(directory);
            return openFile(directory.resolve(FILE).toString(), commitInterval, onFailure);
        } catch (IOException e) {
            throw new StoreException("the data directory " + directory + " cannot be made: " + e, e);
        }
    }

    /** @param file a name in H2's file layer, so that tests can put a disk of their own under it. */
    static DurableStore openFile(String file, Duration commitInterval, Consumer<Throwable> onFailure) {
        try {
            MVStore store = new MVStore.Builder()
                    .fileName(GuardedFile.name(file))
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .autoCompactFillRate(0)
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
            return new DurableStore(file, store, commitInterval, onFailure);
        } catch (MVStoreException e) {
            throw new StoreException(explain(file, e), e);
        }
    }

    private static String explain(String file, MVStoreException e) {
        return switch (e.getErrorCode()) {
            case org.h2.mvstore.DataUtils.ERROR_FILE_LOCKED ->
                "the store " + file + " is in use by another process: is a gateway running on the same data_dir?";
            case org.h2.mvstore.DataUtils.ERROR_UNSUPPORTED_FORMAT ->
                "the store " + file + " was written by a newer version; it was left as it is: install that version ("
                        + e.getMessage() + ")";
            default -> "the store " + file + " cannot be opened, it was left as it is: " + e.getMessage();
        };
    }

    private long count(String name) {
        Long before = totals.get(name);
        long now = before == null ? 1 : before + 1;
        totals.put(name, now);
        return now;
    }

    /** Begins to write. Changes handed over before wait until then. */
    public void start() {
        writer.start();
    }

    /** Where the modules open their maps. Only the writer's thread may change them. */
    public MVStore maps() {
        return store;
    }

    /** Counts the times this store was opened, from 1. */
    public long generation() {
        return generation;
    }

    /**
     * Hands over a change. Any thread; never blocks.
     *
     * @param prompt true to commit as soon as the writer is free, false to wait for company up to the commit interval.
     * @return the number of the commit that covers it: above 0, never falling from call to call.
     */
    public long submit(Runnable change, boolean prompt) {
        return changes.submit(change, prompt);
    }

    /** Calls this on thread {@code store-writer} after every sync, with the number of the commit; must not block. */
    public void onCommitted(LongConsumer listener) {
        listeners.add(listener);
    }

    /** Counters as they stand. Any thread. */
    public StoreStats stats() {
        long fileBytes = store.isClosed() ? 0 : store.getFileStore().size();
        return new StoreStats(commits, store.isClosed() ? 0 : writtenBytes(), fileBytes, lastSyncNanos / 1e6);
    }

    private long writtenBytes() {
        long[] bytes = {0};
        store.getFileStore().populateInfo((key, value) -> {
            if (key.equals("info.FILE_WRITE_BYTES")) {
                bytes[0] = Long.parseLong(value);
            }
        });
        return bytes[0];
    }

    /** Rises while the writer lives, also when there is nothing to write. For the watchdog. */
    public long progress() {
        return progress;
    }

    /** Changes not yet taken by the writer. */
    public int waiting() {
        return changes.size();
    }

    /** Has the next commit write the header, and lets dead space go after it. For tests, which do not wait for time. */
    void letGoSoon() {
        space.hurry();
    }

    private void write() {
        try {
            while (!closing || !changes.isEmpty()) {
                awaitWork();
                if (!changes.isEmpty()) {
                    commit();
                }
            }
        } catch (Throwable broken) {
            failure = broken;
            Logger.error(broken, "The store {} can no longer be written; nothing more is acknowledged", file);
            onFailure.accept(broken);
        } finally {
            stopped.countDown();
        }
    }

    /** Returns when a commit is due: at once if a change is prompt, else when the interval since the first is over. */
    private void awaitWork() {
        long firstSeen = 0;
        while (!closing && !changes.wantsCommit()) {
            progress++;
            long now = System.nanoTime();
            if (changes.isEmpty()) {
                changes.await(IDLE_NANOS);
                tidy();
            } else {
                if (firstSeen == 0) {
                    firstSeen = now;
                }
                long left = commitIntervalNanos - (now - firstSeen);
                if (left <= 0) {
                    return;
                }
                changes.await(left);
            }
        }
    }

    private void commit() {
        long started = System.nanoTime();
        long number = changes.beginCommit();
        int taken = 0;
        for (int left = changes.size(); left > 0; left--) {
            Runnable change = changes.poll();
            if (change == null) {
                break;
            }
            change.run();
            if (++taken % CHANGES_PER_WRITE == 0) {
                sync(started);
            }
        }
        if (taken > 0) {
            sync(started);
            commits++;
        }
        progress++;
        lastSyncNanos = System.nanoTime() - started;
        for (LongConsumer listener : listeners) {
            listener.accept(number);
        }
    }

    private void sync(long now) {
        space.beforeCommit(now, writtenBytes());
        store.commit();
        store.sync();
        space.afterSync();
    }

    /**
     * Gathers what is scattered, a little at a time and only while nobody waits: at a message a second, each in a commit of
     * its own, an outage would otherwise leave a file of many times its content.
     */
    private void tidy() {
        long now = System.nanoTime();
        if (changes.isEmpty() && now - tidiedNanos >= IDLE_NANOS) {
            tidiedNanos = now;
            if (space.isScattered()) {
                count("compactions");
                sync(now);
                space.gather();
                count("compactions");
                sync(System.nanoTime());
            }
        }
    }

    /** Writes what was handed over, then closes the file. Idempotent. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        changes.hurry();
        boolean interrupted = false;
        if (writer.getState() != Thread.State.NEW) {
            while (true) {
                try {
                    stopped.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (failure == null) {
            store.close();
        } else {
            store.closeImmediately();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
