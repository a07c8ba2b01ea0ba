package dev.edgegateway.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.forward.QueueLimits.WhenFull;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every outbound queue does. */
public abstract class OutboundQueueContract {
    private static final QueueLimits ROOMY = new QueueLimits(10_000_000, Duration.ofDays(30), WhenFull.REJECT);

    protected final FakeClock clock = new FakeClock();

    /** A queue whose commits happen at {@link #commit} alone. */
    protected abstract OutboundQueue open(QueueLimits limits);

    /** Brings everything handed over so far to the disk, and what follows from it. */
    protected abstract void commit();

    protected abstract void expire();

    protected static OutboundDraft draft(String payload) {
        return draft("t/a", payload.getBytes(StandardCharsets.UTF_8));
    }

    protected static OutboundDraft draft(String topic, byte[] payload) {
        return new OutboundDraft(topic, payload, 1, false, true);
    }

    /** A draft whose message counts 100 bytes. */
    protected static OutboundDraft hundred() {
        return draft("t/a", new byte[100 - OutboundMessage.OVERHEAD_BYTES - 3]);
    }

    protected static long stored(AppendResult result) {
        return assertInstanceOf(AppendResult.Stored.class, result).id();
    }

    protected static List<Long> ids(List<OutboundMessage> messages) {
        return messages.stream().map(OutboundMessage::id).toList();
    }

    protected static List<Long> allIds(OutboundQueue queue) {
        return ids(queue.readAfter(0, Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    protected static void assertLedger(OutboundQueue queue) {
        QueueStats stats = queue.stats();
        assertEquals(stats.appended(), stats.removed() + stats.dropped() + stats.depth(), stats::toString);
    }

    @Test
    void noMessageIsReadableBeforeItsCommit() {
        OutboundQueue queue = open(ROOMY);
        long first = stored(queue.append(draft("1")));
        assertEquals(List.of(), allIds(queue));
        commit();
        long second = stored(queue.append(draft("2")));
        assertEquals(List.of(first), allIds(queue));
        commit();
        assertTrue(first < second);
        assertEquals(List.of(first, second), allIds(queue));
        assertEquals(List.of(second), ids(queue.readAfter(first, 10, 1000)));
        assertEquals(List.of(), queue.readAfter(second, 10, 1000));
    }

    @Test
    void everythingAMessageHasComesBack() {
        OutboundQueue queue = open(ROOMY);
        clock.stepWallClock(Duration.ofDays(-30_000));
        clock.synchronised(false);
        Stamp stamp = clock.now();
        byte[] payload = {0, 1, -1, 127, -128};
        queue.append(new OutboundDraft("grün/日本/😀", payload, 2, true, false));
        queue.append(new OutboundDraft("b", new byte[0], 0, false, false));
        commit();
        List<OutboundMessage> read = queue.readAfter(0, 10, 10_000);
        OutboundMessage message = read.getFirst();
        assertEquals("grün/日本/😀", message.topic());
        assertArrayEquals(payload, message.payload());
        assertEquals(2, message.qos());
        assertTrue(message.retain());
        assertEquals(stamp, message.stamp());
        assertEquals(0, read.getLast().payload().length);
        assertEquals(0, read.getLast().qos());
        assertEquals(
                read.stream().mapToLong(OutboundMessage::size).sum(),
                queue.stats().bytes());
    }

    @Test
    void aReadEndsAtItsBoundsButAlwaysBringsOne() {
        OutboundQueue queue = open(ROOMY);
        for (int i = 0; i < 10; i++) {
            queue.append(hundred());
        }
        commit();
        assertEquals(3, queue.readAfter(0, 3, 10_000).size());
        assertEquals(4, queue.readAfter(0, 100, 499).size());
        assertEquals(5, queue.readAfter(0, 100, 500).size());
        assertEquals(1, queue.readAfter(0, 100, 1).size());
    }

    @Test
    void aRemovalIsReportedWhenItIsOnDisk() {
        OutboundQueue queue = open(ROOMY);
        long first = stored(queue.append(draft("1")));
        long second = stored(queue.append(draft("2")));
        commit();
        AtomicInteger reports = new AtomicInteger();
        queue.remove(new long[] {first}, true, reports::incrementAndGet);
        assertEquals(0, reports.get());
        commit();
        commit();
        assertEquals(1, reports.get());
        assertEquals(List.of(second), allIds(queue));
        assertEquals(1, queue.stats().removed());
    }

    @Test
    void whatIsNotThereIsNeitherRemovedNorCounted() {
        OutboundQueue queue = open(ROOMY);
        long id = stored(queue.append(draft("1")));
        commit();
        AtomicInteger reports = new AtomicInteger();
        queue.remove(new long[] {id, id, 999}, false, reports::incrementAndGet);
        queue.remove(new long[] {id}, false, reports::incrementAndGet);
        queue.discard(id, reports::incrementAndGet);
        commit();
        assertEquals(3, reports.get());
        assertEquals(new QueueStats(0, 0, 0, 1, 1, 0), queue.stats());
    }

    @Test
    void aDiscardedMessageCountsAsDropped() {
        OutboundQueue queue = open(ROOMY);
        long id = stored(queue.append(draft("1")));
        commit();
        AtomicInteger reports = new AtomicInteger();
        queue.discard(id, reports::incrementAndGet);
        commit();
        assertEquals(1, reports.get());
        assertEquals(new QueueStats(0, 0, 0, 1, 0, 1), queue.stats());
    }

    @Test
    void whatCanNeverBeSentIsRefusedAtOnce() {
        OutboundQueue queue = open(new QueueLimits(200, Duration.ofDays(1), WhenFull.DROP_OLDEST, 150));
        assertEquals(new AppendResult.TooLarge(151, 150), queue.append(draft("t", new byte[151])));
        assertEquals(new AppendResult.TooLarge(201, 200), queue.append(draft("t", new byte[136])));
        assertInstanceOf(AppendResult.Stored.class, queue.append(draft("t", new byte[135])));
        OutboundQueue roomy = open(ROOMY);
        String tooLong = "ü".repeat(32_768);
        assertEquals(new AppendResult.TooLarge(65_536, 65_535), roomy.append(draft(tooLong, new byte[0])));
    }

    @Test
    void aFullQueueRejectsCountingWhatIsNotOnDiskYet() {
        OutboundQueue queue = open(new QueueLimits(300, Duration.ofDays(1), WhenFull.REJECT));
        long first = stored(queue.append(hundred()));
        queue.append(hundred());
        queue.append(hundred());
        assertInstanceOf(AppendResult.Full.class, queue.append(hundred()));
        commit();
        assertInstanceOf(AppendResult.Full.class, queue.append(hundred()));
        queue.remove(new long[] {first}, true, () -> {});
        commit();
        assertInstanceOf(AppendResult.Stored.class, queue.append(hundred()));
        assertInstanceOf(AppendResult.Full.class, queue.append(hundred()));
        commit();
        assertEquals(new QueueStats(3, 300, 0, 4, 1, 0), queue.stats());
    }

    @Test
    void aFullQueueDropsTheOldestButNotWhatIsOnItsWay() {
        OutboundQueue queue = open(new QueueLimits(500, Duration.ofDays(1), WhenFull.DROP_OLDEST));
        List<Long> appended = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            appended.add(stored(queue.append(hundred())));
        }
        commit();
        queue.inFlightThrough(appended.get(1));
        appended.add(stored(queue.append(hundred())));
        appended.add(stored(queue.append(hundred())));
        commit();
        assertEquals(
                List.of(appended.get(0), appended.get(1), appended.get(4), appended.get(5), appended.get(6)),
                allIds(queue));
        assertEquals(new QueueStats(5, 500, 0, 7, 0, 2), queue.stats());
        queue.inFlightThrough(0);
        appended.add(stored(queue.append(hundred())));
        commit();
        assertEquals(appended.get(1), allIds(queue).getFirst());
    }

    @Test
    void messagesOfThisBootExpireByTheMonotonicClock() {
        OutboundQueue queue = open(new QueueLimits(10_000, Duration.ofHours(1), WhenFull.REJECT));
        clock.synchronised(false);
        stored(queue.append(draft("1")));
        commit();
        clock.advance(Duration.ofMinutes(30));
        long second = stored(queue.append(draft("2")));
        commit();
        clock.stepWallClock(Duration.ofDays(1000));
        clock.advance(Duration.ofMinutes(30));
        expire();
        commit();
        assertEquals(2, queue.stats().depth(), "just an hour old");
        clock.advance(Duration.ofMillis(1));
        expire();
        commit();
        assertEquals(List.of(second), allIds(queue));
        assertEquals(1, queue.stats().dropped());
        assertEquals(
                Duration.ofMinutes(30).plusMillis(1).toMillis(), queue.stats().oldestAgeMillis());
    }

    @Test
    void messagesOfAnEarlierBootExpireOnlyIfBothClocksWereSet() {
        OutboundQueue queue = open(new QueueLimits(10_000, Duration.ofHours(1), WhenFull.REJECT));
        stored(queue.append(draft("set")));
        commit();
        clock.synchronised(false);
        clock.reboot(Duration.ofHours(2));
        expire();
        commit();
        assertEquals(1, queue.stats().depth());
        assertEquals(Stamp.UNKNOWN, queue.stats().oldestAgeMillis());
        clock.synchronised(true);
        assertEquals(Duration.ofHours(2).toMillis(), queue.stats().oldestAgeMillis());
        expire();
        commit();
        assertEquals(0, queue.stats().depth());
    }

    @Test
    void whatIsOlderThanAnExpiredMessageIsExpiredThoughItsClockWasWrong() {
        OutboundQueue queue = open(new QueueLimits(10_000, Duration.ofHours(1), WhenFull.REJECT));
        clock.synchronised(false);
        stored(queue.append(draft("unknown")));
        clock.reboot(Duration.ofSeconds(5));
        stored(queue.append(draft("known")));
        clock.advance(Duration.ofHours(2));
        long fresh = stored(queue.append(draft("fresh")));
        commit();
        expire();
        commit();
        assertEquals(List.of(fresh), allIds(queue));
    }

    @Test
    void whatIsOnItsWayDoesNotExpire() {
        OutboundQueue queue = open(new QueueLimits(10_000, Duration.ofHours(1), WhenFull.REJECT));
        long first = stored(queue.append(draft("1")));
        stored(queue.append(draft("2")));
        commit();
        queue.inFlightThrough(first);
        clock.advance(Duration.ofHours(2));
        expire();
        commit();
        assertEquals(List.of(first), allIds(queue));
    }

    @Test
    void listenersHearOfReadableMessages() {
        OutboundQueue queue = open(ROOMY);
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger readableThen = new AtomicInteger();
        queue.onReadable(() -> {
            calls.incrementAndGet();
            readableThen.set(allIds(queue).size());
        });
        queue.append(draft("1"));
        queue.append(draft("2"));
        assertEquals(0, calls.get());
        commit();
        assertTrue(calls.get() > 0);
        assertEquals(2, readableThen.get());
    }

    @Test
    void theLedgerBalancesWhateverHappens() {
        Random random = new Random(7);
        OutboundQueue queue = open(new QueueLimits(5_000, Duration.ofMinutes(10), WhenFull.DROP_OLDEST));
        for (int step = 0; step < 3_000; step++) {
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> stored(queue.append(draft("t", new byte[random.nextInt(300)])));
                case 3 -> {
                    long[] ids = allIds(queue).stream()
                            .limit(random.nextInt(5))
                            .mapToLong(Long::longValue)
                            .toArray();
                    queue.inFlightThrough(ids.length == 0 ? 0 : ids[ids.length - 1]);
                    queue.remove(ids, random.nextBoolean(), () -> {});
                }
                case 4 -> clock.advance(Duration.ofSeconds(random.nextInt(60)));
                default -> {
                    expire();
                    commit();
                }
            }
            assertLedger(queue);
        }
        queue.inFlightThrough(0);
        commit();
        QueueStats stats = queue.stats();
        assertLedger(queue);
        List<OutboundMessage> left = queue.readAfter(0, Integer.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(left.size(), stats.depth());
        assertEquals(left.stream().mapToLong(OutboundMessage::size).sum(), stats.bytes());
        assertTrue(stats.dropped() > 0 && stats.removed() > 0, stats::toString);
    }
}
