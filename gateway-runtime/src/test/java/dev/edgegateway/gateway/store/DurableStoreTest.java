package dev.edgegateway.gateway.store;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.mvstore.MVMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStoreTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path directory;

    private DurableStore open(Duration interval) {
        DurableStore store = DurableStore.open(directory, interval, failure -> {});
        store.start();
        return store;
    }

    @Test
    void aChangeIsOnDiskWhenItsCommitIsAnnounced() {
        AtomicLong committed = new AtomicLong();
        DurableStore store = open(NEVER);
        store.onCommitted(committed::set);
        MVMap<Long, String> map = store.maps().openMap("m");
        long commit = store.submit(() -> map.put(1L, "kept"), true);
        await().until(() -> committed.get() >= commit);
        long unannounced = store.submit(() -> map.put(2L, "not yet"), false);
        assertTrue(unannounced > commit);
        store.maps().closeImmediately();
        assertEquals(commit, committed.get());

        try (DurableStore again = open(NEVER)) {
            MVMap<Long, String> reopened = again.maps().openMap("m");
            assertEquals("kept", reopened.get(1L));
            assertEquals(1, reopened.size());
        }
    }

    @Test
    void everyChangeOfEveryThreadIsCoveredByTheNumberItWasGiven() throws InterruptedException {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            List<Thread> threads = new ArrayList<>();
            AtomicReference<String> wrong = new AtomicReference<>("");
            for (int t = 0; t < 4; t++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    long last = 0;
                    for (int i = 0; i < 3000; i++) {
                        AtomicLong ran = new AtomicLong();
                        long number = store.submit(() -> ran.set(1), true);
                        if (number < last) {
                            wrong.set("numbers fell from " + last + " to " + number);
                        }
                        last = number;
                        while (i % 50 == 0 && committed.get() < number) {
                            Thread.onSpinWait();
                        }
                        if (committed.get() >= number && ran.get() == 0) {
                            wrong.set("commit " + number + " was announced before its change ran");
                        }
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals("", wrong.get());
        }
    }

    @Test
    void aChangeNobodyWaitsForIsCommittedWithTheNextOneSomebodyDoes() {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            long first = store.submit(() -> {}, false);
            long second = store.submit(() -> {}, true);
            await().until(() -> committed.get() >= second);
            assertTrue(first <= second);
            assertEquals(1, store.stats().commits());
        }
    }

    @Test
    void aChangeNobodyWaitsForIsCommittedWhenTheIntervalIsOver() {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(Duration.ofMillis(20))) {
            store.onCommitted(committed::set);
            long commit = store.submit(() -> {}, false);
            await().until(() -> committed.get() >= commit);
        }
    }

    @Test
    void manyChangesThatMayWaitDoNotPileUp() {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            for (int i = 0; i < 6000; i++) {
                store.submit(() -> {}, false);
            }
            await().until(() -> committed.get() > 0);
        }
    }

    @Test
    void closingWritesWhatWasHandedOver() {
        DurableStore store = open(NEVER);
        MVMap<Long, String> map = store.maps().openMap("m");
        store.submit(() -> map.put(1L, "last"), false);
        store.close();
        store.close();
        try (DurableStore again = open(NEVER)) {
            assertEquals("last", again.maps().<Long, String>openMap("m").get(1L));
        }
    }

    @Test
    void aStoreThatCannotBeWrittenAnnouncesNothingMoreAndSaysSo() {
        AtomicLong committed = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        DurableStore store = DurableStore.open(directory, NEVER, failure::set);
        store.onCommitted(committed::set);
        store.start();
        long commit = store.submit(
                () -> {
                    throw new IllegalStateException("disk gone");
                },
                true);
        await().until(() -> failure.get() != null);
        store.submit(() -> {}, true);
        store.close();
        assertTrue(committed.get() < commit);
        assertEquals("disk gone", failure.get().getMessage());
    }

    @Test
    void theGenerationCountsTheStarts() {
        for (long expected = 1; expected <= 3; expected++) {
            try (DurableStore store = open(NEVER)) {
                assertEquals(expected, store.generation());
            }
        }
    }

    @Test
    void aStoreInUseIsRefusedInWords() {
        try (DurableStore first = open(NEVER)) {
            assertFalse(first.maps().isClosed());
            StoreException refused = assertThrows(StoreException.class, () -> open(NEVER));
            assertTrue(String.valueOf(refused.getMessage()).contains("in use by another process"));
        }
    }

    /** An MVStore that frees a chunk too early opens an older version than the one committed last. */
    @Test
    void whateverWasAnnouncedIsThereWhenTheFileIsOpenedAfterAKill() throws Exception {
        AtomicLong committed = new AtomicLong();
        Path copy = Files.createDirectory(directory.resolve("copy"));
        Random random = new Random(11);
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            MVMap<Long, byte[]> queue = store.maps().openMap("queue");
            MVMap<String, Long> last = store.maps().openMap("last");
            long next = 1;
            long head = 1;
            for (long step = 1; step <= 400; step++) {
                long from = next;
                next += random.nextInt(4) == 0 ? random.nextInt(400) : random.nextInt(20);
                long through = next;
                long removeFrom = head;
                head = Math.min(next, head + (random.nextInt(5) == 0 ? random.nextInt(600) : random.nextInt(25)));
                long removeThrough = head;
                long now = step;
                byte[] value = new byte[random.nextInt(400)];
                random.nextBytes(value);
                long commit = store.submit(
                        () -> {
                            for (long i = from; i < through; i++) {
                                queue.put(i, value);
                            }
                            for (long i = removeFrom; i < removeThrough; i++) {
                                queue.remove(i);
                            }
                            last.put("step", now);
                        },
                        true);
                await().pollInterval(Duration.ofMillis(1)).until(() -> committed.get() >= commit);
                Files.copy(
                        directory.resolve("gateway.mv"),
                        copy.resolve("gateway.mv"),
                        StandardCopyOption.REPLACE_EXISTING);
                try (DurableStore killed = DurableStore.open(copy, NEVER, failure -> {})) {
                    assertEquals(
                            now, killed.maps().<String, Long>openMap("last").get("step"));
                    assertEquals(
                            next - head,
                            killed.maps().<Long, byte[]>openMap("queue").sizeAsLong());
                }
            }
        }
    }

    @Test
    void spaceOfWhatWasRemovedIsUsedAgain() throws Exception {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            MVMap<Long, byte[]> queue = store.maps().openMap("queue");
            for (long batch = 0; batch < 300; batch++) {
                long first = batch * 1000;
                long commit = store.submit(
                        () -> {
                            for (long i = first; i < first + 1000; i++) {
                                queue.put(i, new byte[200]);
                                queue.remove(i - 2000);
                            }
                        },
                        true);
                await().pollInterval(Duration.ofMillis(1)).until(() -> committed.get() >= commit);
            }
            long fileBytes = store.stats().fileBytes();
            assertTrue(fileBytes < 40L << 20, "file of " + fileBytes + " bytes after 60 MB went through");
        }
    }

    @Test
    void manySmallCommitsDoNotLeaveAFileOfManyTimesTheirContent() {
        AtomicLong committed = new AtomicLong();
        try (DurableStore store = open(NEVER)) {
            store.onCommitted(committed::set);
            MVMap<Long, byte[]> queue = store.maps().openMap("queue");
            long messages = 3000;
            for (long i = 0; i < messages; i++) {
                long key = i;
                long commit = store.submit(() -> queue.put(key, new byte[200]), true);
                await().pollInterval(Duration.ofMillis(1)).until(() -> committed.get() >= commit);
            }
            long scattered = store.stats().fileBytes();
            assertTrue(scattered > 16L << 20, "nothing to gather in " + scattered + " bytes");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> store.stats().fileBytes() < scattered / 2
                            || store.maps().getFileStore().getFillRate() < 50);
            assertEquals(messages, queue.sizeAsLong());
        }
    }
}
