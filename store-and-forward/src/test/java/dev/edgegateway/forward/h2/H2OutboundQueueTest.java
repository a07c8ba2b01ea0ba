package dev.edgegateway.forward.h2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.forward.AppendResult;
import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.OutboundMessage;
import dev.edgegateway.forward.OutboundQueue;
import dev.edgegateway.forward.OutboundQueueContract;
import dev.edgegateway.forward.QueueLimits;
import dev.edgegateway.forward.QueueLimits.WhenFull;
import dev.edgegateway.forward.QueueStats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queue in a real file, through commits, restarts and crashes. */
final class H2OutboundQueueTest extends OutboundQueueContract {
    private static final QueueLimits ROOMY = new QueueLimits(1L << 30, Duration.ofDays(30), WhenFull.REJECT);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<TestStore> opened = new ArrayList<>();

    @Override
    protected OutboundQueue open(QueueLimits limits) {
        return openStore("queue-" + opened.size(), limits).queue();
    }

    private TestStore openStore(String name, QueueLimits limits) {
        TestStore store = TestStore.open(folder.resolve(name), limits, clock);
        opened.add(store);
        return store;
    }

    @Override
    protected void commit() {
        opened.getLast().settle();
    }

    @Override
    protected void expire() {
        opened.getLast().queue().expire();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(TestStore::close);
    }

    @Test
    void messagesAndTotalsSurviveARestart() {
        TestStore before = openStore("f", ROOMY);
        for (int i = 0; i < 10; i++) {
            before.queue().append(draft("m" + i));
        }
        before.commit();
        before.queue().remove(new long[] {1, 2, 3}, true, () -> {});
        before.queue().discard(4, () -> {});
        before.commit();
        QueueStats stats = before.queue().stats();
        before.crash();

        TestStore after = openStore("f", ROOMY);
        assertEquals(stats, after.queue().stats());
        assertEquals(
                new QueueStats(6, stats.bytes(), 0, 10, 3, 1), after.queue().stats());
        assertEquals(List.of(5L, 6L, 7L, 8L, 9L, 10L), allIds(after.queue()));
        assertEquals(11, stored(after.queue().append(draft("next"))));
    }

    @Test
    void idsGoOnThoughTheQueueWasEmptyWhenTheProcessDied() {
        TestStore before = openStore("f", ROOMY);
        before.queue().append(draft("1"));
        before.queue().append(draft("2"));
        before.commit();
        before.queue().remove(new long[] {1, 2}, true, () -> {});
        before.commit();
        before.crash();
        assertEquals(3, stored(openStore("f", ROOMY).queue().append(draft("3"))));
    }

    @Test
    void nothingCommittedIsMissingAfterCrashesAtAnyPoint() {
        for (int seed = 1; seed <= 12; seed++) {
            crashAgainAndAgain(new Random(seed), "seed-" + seed);
        }
    }

    /** Keeps a model of what must be on disk and compares after each crash. */
    private void crashAgainAndAgain(Random random, String name) {
        TreeSet<Long> onDisk = new TreeSet<>();
        TreeSet<Long> inMemory = new TreeSet<>();
        long highestSaved = 0;
        long highestGiven = 0;
        TestStore store = openStore(name, ROOMY);
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    int count = random.nextInt(40);
                    for (int i = 0; i < count; i++) {
                        long id = stored(store.queue().append(draft("t/" + i, new byte[random.nextInt(400)])));
                        assertTrue(id > highestSaved, "id " + id + " was used before");
                        highestGiven = id;
                        inMemory.add(id);
                    }
                }
                case 3 -> {
                    int count = random.nextInt(60);
                    long[] ids = store.queue().readAfter(0, Math.max(1, count), 100_000).stream()
                            .mapToLong(OutboundMessage::id)
                            .toArray();
                    store.queue().remove(ids, random.nextBoolean(), () -> {});
                    for (long id : ids) {
                        inMemory.remove(id);
                    }
                }
                case 4 -> store.runChanges();
                case 5, 6 -> {
                    store.commit();
                    onDisk = new TreeSet<>(inMemory);
                    highestSaved = highestGiven;
                    assertEquals(List.copyOf(onDisk), allIds(store.queue()));
                }
                default -> {
                    store.crash();
                    store = openStore(name, ROOMY);
                    assertEquals(List.copyOf(onDisk), allIds(store.queue()), "after crash at step " + step);
                    assertEquals(onDisk.size(), store.queue().stats().depth());
                    inMemory = new TreeSet<>(onDisk);
                    highestGiven = highestSaved;
                }
            }
            assertLedger(store.queue());
        }
        long bytes = store.queue().readAfter(0, Integer.MAX_VALUE, Integer.MAX_VALUE).stream()
                .mapToLong(OutboundMessage::size)
                .sum();
        store.commit();
        assertTrue(store.queue().stats().bytes() >= bytes);
        store.crash();
    }

    @Test
    void aMessageJoinsTheIntakeThatHasNotBegun() {
        TestStore store = openStore("f", ROOMY);
        store.settle();
        AppendResult.Stored first = (AppendResult.Stored) store.queue().append(draft("1"));
        AppendResult.Stored second = (AppendResult.Stored) store.queue().append(draft("2"));
        assertEquals(first.commit(), second.commit());
        assertEquals(1, store.waitingChanges());
        store.runChanges();
        AppendResult.Stored third = (AppendResult.Stored) store.queue().append(draft("3"));
        assertTrue(third.commit() > second.commit());
    }

    @Test
    void aPromptMessageHurriesTheCommitThatOthersWaitFor() {
        TestStore store = openStore("f", ROOMY);
        store.settle();
        store.queue().append(new OutboundDraft("t", new byte[1], 0, false, false));
        assertEquals(0, store.promptSubmissions());
        store.queue().append(draft("prompt"));
        store.queue().append(draft("prompt"));
        assertEquals(1, store.promptSubmissions());
    }

    @Test
    void aCommitReportedBeforeAnyoneCouldWaitForItIsNotMissed() {
        MVStore mvStore = TestStore.openStore(folder.resolve("f"));
        AtomicInteger number = new AtomicInteger();
        List<H2OutboundQueue> queues = new ArrayList<>();
        StoreWriter atOnce = (change, prompt) -> {
            change.run();
            mvStore.commit();
            int commit = number.incrementAndGet();
            queues.forEach(queue -> queue.committedThrough(commit));
            return commit;
        };
        H2OutboundQueue queue = H2OutboundQueue.open(mvStore, atOnce, ROOMY, clock);
        queues.add(queue);
        AtomicInteger readable = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        queue.onReadable(readable::incrementAndGet);
        queue.append(draft("1"));
        queue.append(draft("2"));
        assertEquals(2, readable.get());
        assertEquals(List.of(1L, 2L), allIds(queue));
        queue.remove(new long[] {1}, true, removed::incrementAndGet);
        assertEquals(1, removed.get());
        mvStore.close();
    }

    @Test
    void aDiskThatDoesNotKeepUpFillsNoHeap() {
        TestStore store = openStore("f", ROOMY);
        byte[] payload = new byte[131_072];
        int taken = 0;
        AppendResult result = store.queue().append(draft("t", payload));
        while (result instanceof AppendResult.Stored) {
            taken++;
            result = store.queue().append(draft("t", payload));
        }
        assertInstanceOf(AppendResult.Full.class, result);
        assertTrue((long) taken * payload.length <= H2OutboundQueue.MAX_UNSAVED_BYTES);
        store.settle();
        assertInstanceOf(AppendResult.Stored.class, store.queue().append(draft("t", payload)));
    }

    @Test
    void aStoreThatIsFullRefusesUntilItIsNot() {
        TestStore store = openStore("f", ROOMY);
        store.queue().refuse("disk full");
        assertEquals(new AppendResult.Full("disk full"), store.queue().append(draft("1")));
        store.queue().refuse(null);
        assertInstanceOf(AppendResult.Stored.class, store.queue().append(draft("1")));
    }

    @Test
    void aQueueOpenedWithLessRoomDropsInSteps() {
        TestStore before = openStore("f", ROOMY);
        for (int i = 0; i < 5_000; i++) {
            before.queue().append(hundred());
        }
        before.commit();
        before.close();
        TestStore after = openStore("f", new QueueLimits(100_000, Duration.ofDays(1), WhenFull.DROP_OLDEST));
        after.commit();
        assertEquals(4_000, after.queue().stats().depth(), "one step drops 1,000");
        after.settle();
        assertEquals(1_000, after.queue().stats().depth());
        assertEquals(4_000, after.queue().stats().dropped());
        assertEquals(4_001, allIds(after.queue()).getFirst());
        assertLedger(after.queue());
    }

    @Test
    void thousandsExpireInSteps() {
        TestStore store = openStore("f", new QueueLimits(1L << 30, Duration.ofHours(1), WhenFull.REJECT));
        for (int i = 0; i < 3_500; i++) {
            store.queue().append(hundred());
        }
        store.settle();
        clock.advance(Duration.ofHours(2));
        store.queue().append(hundred());
        store.commit();
        assertEquals(2_501, store.queue().stats().depth());
        store.settle();
        assertEquals(1, store.queue().stats().depth());
        assertEquals(3_500, store.queue().stats().dropped());
    }

    @Test
    void aDamagedRecordIsDroppedAndTheOthersContinue() {
        TestStore before = openStore("f", ROOMY);
        for (int i = 0; i < 6; i++) {
            before.queue().append(draft("m" + i));
        }
        before.commit();
        before.close();
        damage("f", 2, new byte[0]);
        damage("f", 4, new byte[] {9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9});
        byte[] topicTooLong = new byte[28];
        topicTooLong[0] = 1;
        topicTooLong[26] = 1;
        damage("f", 6, topicTooLong);
        TestStore after = openStore("f", ROOMY);
        assertEquals(List.of(1L, 3L, 5L), allIds(after.queue()));
        after.settle();
        assertEquals(3, after.queue().stats().depth());
        assertEquals(3, after.queue().stats().dropped());
        assertLedger(after.queue());
    }

    @Test
    void totalsThatDoNotFitAreCountedAgain() {
        TestStore before = openStore("f", ROOMY);
        for (int i = 0; i < 6; i++) {
            before.queue().append(hundred());
        }
        before.commit();
        before.close();
        MVStore store = TestStore.openStore(folder.resolve("f"));
        rawMap(store, "outbound").remove(3L);
        rawMap(store, "outbound").put(9L, rawMap(store, "outbound").get(1L));
        store.close();
        TestStore after = openStore("f", ROOMY);
        after.settle();
        assertEquals(new QueueStats(6, 600, 0, 7, 0, 1), after.queue().stats());
        assertEquals(10, stored(after.queue().append(hundred())));
    }

    @Test
    void totalsThatCannotBeReadAreCountedAgain() {
        TestStore before = openStore("f", ROOMY);
        for (int i = 0; i < 6; i++) {
            before.queue().append(hundred());
        }
        before.commit();
        before.close();
        MVStore store = TestStore.openStore(folder.resolve("f"));
        rawMap(store, "outbound.totals").put(0L, new byte[] {1, 2, 3});
        store.close();
        TestStore after = openStore("f", ROOMY);
        assertEquals(new QueueStats(6, 600, 0, 6, 0, 0), after.queue().stats());
        assertEquals(7, stored(after.queue().append(hundred())));
    }

    @Test
    void aQueueOfANewerProgramIsLeftAlone() {
        MVStore store = TestStore.openStore(folder.resolve("f"));
        rawMap(store, "outbound.totals").put(0L, new byte[] {2, 0});
        store.close();
        MVStore again = TestStore.openStore(folder.resolve("f"));
        assertThrows(
                IllegalStateException.class, () -> H2OutboundQueue.open(again, (change, prompt) -> 1, ROOMY, clock));
        again.close();
    }

    private void damage(String name, long id, byte[] record) {
        MVStore store = TestStore.openStore(folder.resolve(name));
        rawMap(store, "outbound").put(id, record);
        store.close();
    }

    private static MVMap<Long, byte[]> rawMap(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }
}
