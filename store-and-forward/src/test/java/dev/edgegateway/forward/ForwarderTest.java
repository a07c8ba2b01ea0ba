package dev.edgegateway.forward;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.forward.ForwarderStatus.State;
import dev.edgegateway.forward.QueueLimits.WhenFull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The forwarder with virtual time, a queue in memory and a platform that breaks by method call. */
final class ForwarderTest {
    private static final QueueLimits LIMITS = new QueueLimits(1L << 30, Duration.ofDays(1), WhenFull.DROP_OLDEST);
    private static final ForwarderSettings SETTINGS =
            ForwarderSettings.defaults().withWindow(10);

    private final FakeClock clock = new FakeClock();
    private final VirtualTicker ticker = new VirtualTicker();
    private final FakePlatformLink platform = new FakePlatformLink();
    private InMemoryOutboundQueue queue = new InMemoryOutboundQueue(LIMITS, clock, true);
    private @Nullable Forwarder opened;

    private Forwarder open(ForwarderSettings settings) {
        opened = Forwarder.open(queue, platform, settings, ticker, InstantSource.fixed(Instant.EPOCH), new Random(3));
        return opened;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            platform.releaseAllAcks();
            opened.close();
        }
    }

    private void append(int count) {
        for (int i = 0; i < count; i++) {
            queue.append(new OutboundDraft("t", new byte[10], 1, false, true));
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    /** Lets the forwarder gather acknowledgements and go on. */
    private void settle() {
        ticker.advance(Duration.ofMillis(20));
    }

    @Test
    void messagesArriveInOrderAndLeaveTheQueue() {
        append(1_000);
        Forwarder forwarder = open(SETTINGS);
        settle();
        append(500);
        settle();
        assertEquals(range(1, 1_500), platform.receivedIds());
        assertEquals(new QueueStats(0, 0, 0, 1_500, 1_500, 0), queue.stats());
        assertEquals(1_500, forwarder.status().delivered());
        assertEquals(State.CONNECTED, forwarder.status().state());
        assertEquals(0, forwarder.status().inFlight());
    }

    @Test
    void neverMoreThanTheWindowIsInFlight() {
        platform.holdAcks();
        append(50);
        Forwarder forwarder = open(SETTINGS);
        settle();
        assertEquals(range(1, 10), platform.receivedIds());
        assertEquals(10, forwarder.status().inFlight());
        assertEquals(50, queue.stats().depth());
        platform.releaseAcks(3);
        settle();
        assertEquals(range(1, 13), platform.receivedIds());
        assertEquals(10, forwarder.status().inFlight());
    }

    @Test
    void theWindowIsBoundedInBytesButOneMessageAlwaysGoes() {
        platform.holdAcks();
        ForwarderSettings narrow = new ForwarderSettings(
                10,
                2 * (10 + 1 + OutboundMessage.OVERHEAD_BYTES),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        append(3);
        queue.append(new OutboundDraft("t", new byte[100_000], 1, false, true));
        open(narrow);
        settle();
        assertEquals(range(1, 2), platform.receivedIds());
        platform.releaseAcks(2);
        settle();
        assertEquals(range(1, 3), platform.receivedIds());
        platform.releaseAcks(1);
        settle();
        assertEquals(range(1, 4), platform.receivedIds());
    }

    @Test
    void aSlotIsFreeOnlyWhenTheRemovalIsOnDisk() {
        queue = new InMemoryOutboundQueue(LIMITS, clock, false);
        append(30);
        queue.commit();
        open(SETTINGS);
        settle();
        assertEquals(range(1, 10), platform.receivedIds());
        queue.commit();
        settle();
        assertEquals(range(1, 20), platform.receivedIds());
    }

    @Test
    void removalsHurryOnlyWhenTheWindowRunsShort() {
        platform.holdAcks();
        append(30);
        open(SETTINGS);
        settle();
        platform.releaseAcks(2);
        settle();
        assertEquals(List.of(true), queue.removalPromptness(), "the window was full");
    }

    @Test
    void removalsOfALoneMessageRideAlong() {
        append(1);
        open(SETTINGS);
        settle();
        append(1);
        settle();
        assertEquals(List.of(false, false), queue.removalPromptness());
    }

    @Test
    void acknowledgementsAreRemovedInBatches() {
        append(1_000);
        open(SETTINGS.withWindow(500));
        settle();
        assertEquals(0, queue.stats().depth());
        assertTrue(queue.removals().size() <= 1_000 / 30, queue.removals().size() + " removals");
    }

    @Test
    void afterALossEverythingUnacknowledgedIsSentAgainInOrder() {
        platform.holdAcks();
        append(30);
        Forwarder forwarder = open(SETTINGS);
        settle();
        platform.releaseAcks(4);
        settle();
        assertEquals(range(1, 14), platform.receivedIds());
        platform.forgetReceived();
        platform.sever();
        ticker.settle();
        assertEquals(State.WAITING, forwarder.status().state());
        assertEquals(0, queue.inFlightThrough(), "nothing is on its way now");
        assertTrue(
                forwarder.status().lastError().contains("cable cut"),
                forwarder.status().lastError());
        ticker.advance(Duration.ofSeconds(3));
        assertEquals(range(5, 14), platform.receivedIds());
        assertEquals(1, forwarder.status().reconnects());
        platform.releaseAllAcks();
        settle();
        assertEquals(range(5, 30), platform.receivedIds());
        assertEquals(new QueueStats(0, 0, 0, 30, 30, 0), queue.stats());
    }

    @Test
    void whatWasAcknowledgedIsNotSentAgainThoughItsRemovalIsNotOnDisk() {
        queue = new InMemoryOutboundQueue(LIMITS, clock, false);
        platform.holdAcks();
        append(5);
        queue.commit();
        open(SETTINGS);
        settle();
        platform.releaseAcks(3);
        settle();
        platform.forgetReceived();
        platform.sever();
        ticker.advance(Duration.ofSeconds(4));
        assertEquals(range(4, 5), platform.receivedIds());
    }

    @Test
    void whatTheQueueDroppedMeanwhileDoesNotHoldUpTheRest() {
        queue = new InMemoryOutboundQueue(
                new QueueLimits(20 * 75, Duration.ofDays(1), WhenFull.DROP_OLDEST), clock, true);
        platform.holdAcks();
        append(20);
        open(SETTINGS);
        settle();
        platform.goAway();
        ticker.settle();
        append(40);
        platform.forgetReceived();
        platform.comeBack();
        platform.releaseAllAcks();
        ticker.advance(Duration.ofMinutes(2));
        assertEquals(range(41, 60), platform.receivedIds());
        assertEquals(new QueueStats(0, 0, 0, 60, 20, 40), queue.stats());
    }

    @Test
    void anAcknowledgementOfAnEarlierConnectionMeansNothing() {
        platform.holdAcks();
        append(3);
        open(SETTINGS);
        settle();
        PlatformLink.Listener old = platform.listener();
        platform.sever();
        ticker.advance(Duration.ofSeconds(4));
        if (old != null) {
            old.acknowledged(1);
            old.lost(new java.io.IOException("late"));
        }
        settle();
        assertEquals(3, queue.stats().depth());
        assertEquals(2, platform.connects());
    }

    @Test
    void attemptsSpreadOutUpToTheLongestWait() {
        platform.goAway();
        Forwarder forwarder = open(SETTINGS.withReconnect(Duration.ofSeconds(1), Duration.ofSeconds(60)));
        ticker.settle();
        assertEquals(1, platform.attempts());
        assertEquals(State.WAITING, forwarder.status().state());
        ticker.advance(Duration.ofHours(1));
        int attempts = platform.attempts();
        assertTrue(attempts >= 60 && attempts < 300, attempts + " attempts in an hour");
        platform.comeBack();
        ticker.advance(Duration.ofSeconds(61));
        assertEquals(State.CONNECTED, forwarder.status().state());
        assertEquals(0, forwarder.status().reconnects());
    }

    @Test
    void aRefusalIsNotRepeatedWithinAMinute() {
        platform.failNext(new PlatformException("bad password", null, true));
        Forwarder forwarder = open(SETTINGS);
        ticker.advance(Duration.ofSeconds(59));
        assertEquals(1, platform.attempts());
        assertEquals(State.REFUSED, forwarder.status().state());
        assertEquals("bad password", forwarder.status().lastError());
        ticker.advance(Duration.ofSeconds(30));
        assertEquals(2, platform.attempts());
        assertEquals(State.CONNECTED, forwarder.status().state());
    }

    @Test
    void aPlatformThatAcknowledgesNothingIsGivenUp() {
        platform.holdAcks();
        append(3);
        Forwarder forwarder = open(SETTINGS);
        settle();
        ticker.advance(Duration.ofSeconds(29));
        assertEquals(1, platform.connects());
        ticker.advance(Duration.ofSeconds(5));
        assertEquals(2, platform.connects());
        assertTrue(
                forwarder.status().lastError().contains("none of 3 messages"),
                forwarder.status().lastError());
        assertEquals(List.of(1L, 2L, 3L, 1L, 2L, 3L), platform.receivedIds());
    }

    @Test
    void aPlatformThatAcknowledgesSlowlyIsNotGivenUp() {
        platform.holdAcks();
        append(6);
        open(SETTINGS);
        settle();
        for (int i = 0; i < 6; i++) {
            ticker.advance(Duration.ofSeconds(25));
            platform.releaseAcks(1);
        }
        settle();
        assertEquals(1, platform.connects());
        assertEquals(0, queue.stats().depth());
    }

    @Test
    void anIdleConnectionIsNotGivenUp() {
        Forwarder forwarder = open(SETTINGS);
        ticker.advance(Duration.ofMinutes(10));
        platform.holdAcks();
        append(1);
        ticker.advance(Duration.ofSeconds(29));
        assertEquals(1, platform.connects());
        assertEquals(1, forwarder.status().inFlight());
    }

    @Test
    void theThreadShowsThatItLivesThoughThereIsNothingToDo() {
        Forwarder forwarder = open(SETTINGS);
        ticker.settle();
        long before = forwarder.turns();
        ticker.advance(Duration.ofMinutes(1));
        assertTrue(forwarder.turns() - before >= 12);
    }

    @Test
    void aMessageThatCanNeverBeSentDoesNotBlockTheOthers() {
        platform.unsendable(message -> message.id() % 5 == 1);
        append(30);
        Forwarder forwarder = open(SETTINGS);
        settle();
        assertEquals(24, platform.received().size());
        assertEquals(new QueueStats(0, 0, 0, 30, 24, 6), queue.stats());
        assertEquals(6, forwarder.status().unsendable());
        assertEquals(1, platform.connects());
    }

    @Test
    void afterAStableConnectionTheWaitsStartSmallAgain() {
        platform.goAway();
        open(SETTINGS.withReconnect(Duration.ofSeconds(1), Duration.ofHours(1)));
        ticker.advance(Duration.ofHours(3));
        platform.comeBack();
        ticker.advance(Duration.ofHours(1));
        assertEquals(1, platform.connects());
        ticker.advance(Duration.ofSeconds(31));
        platform.sever();
        ticker.settle();
        ticker.advance(Duration.ofSeconds(4));
        assertEquals(2, platform.connects());
    }

    @Test
    void aFlappingConnectionKeepsItsLongWaits() {
        platform.goAway();
        open(SETTINGS.withReconnect(Duration.ofSeconds(1), Duration.ofHours(1)));
        ticker.advance(Duration.ofHours(3));
        platform.comeBack();
        ticker.advance(Duration.ofHours(1));
        int before = platform.connects();
        for (int i = 0; i < 5; i++) {
            platform.sever();
            ticker.settle();
            ticker.advance(Duration.ofSeconds(4));
        }
        assertTrue(platform.connects() < before + 5, "connected each time within 4 s");
    }

    @Test
    void closingWaitsForWhatIsInFlightAndSaysGoodbye() {
        platform.holdAcks();
        append(30);
        Forwarder forwarder = open(SETTINGS);
        settle();
        Thread closer = Thread.ofPlatform().start(forwarder::close);
        await().until(() -> forwarder.status().state() == State.STOPPED || platform.held() == 10);
        platform.releaseAllAcks();
        await().until(() -> forwarder.status().state() == State.STOPPED);
        await().until(() -> !closer.isAlive());
        assertEquals(20, queue.stats().depth(), "nothing new was sent");
        assertEquals(range(1, 10), platform.receivedIds());
        assertEquals(1, platform.goodbyes());
        forwarder.close();
    }

    @Test
    void closingDoesNotWaitForEverForAcknowledgements() {
        platform.holdAcks();
        append(30);
        Forwarder forwarder = open(SETTINGS);
        settle();
        Thread closer = Thread.ofPlatform().start(forwarder::close);
        await().until(() -> {
            if (forwarder.status().state() == State.STOPPED) {
                return true;
            }
            ticker.jump(Duration.ofMillis(300));
            return false;
        });
        await().until(() -> !closer.isAlive());
        assertEquals(30, queue.stats().depth());
        assertEquals(1, platform.goodbyes());
    }

    @Test
    void closingEndsAConnectionAttemptThatHangs() {
        platform.hangInConnect(true);
        Forwarder forwarder = open(SETTINGS);
        await().until(() -> platform.attempts() == 1);
        forwarder.close();
        assertEquals(State.STOPPED, forwarder.status().state());
    }

    @Test
    void closingWhileWaitingToReconnectIsQuick() {
        platform.goAway();
        Forwarder forwarder = open(SETTINGS);
        ticker.settle();
        forwarder.close();
        assertEquals(State.STOPPED, forwarder.status().state());
        assertEquals(0, platform.goodbyes());
    }

    @Test
    void aQueueThatFailsIsTriedAgain() {
        OutboundQueue broken = new FailingOnceQueue(queue);
        append(3);
        opened = Forwarder.open(broken, platform, SETTINGS, ticker, InstantSource.fixed(Instant.EPOCH), new Random(3));
        ticker.settle();
        assertEquals(State.WAITING, opened.status().state());
        ticker.advance(Duration.ofSeconds(4));
        assertEquals(range(1, 3), platform.receivedIds());
    }

    @Test
    void whateverBreaksEachMessageArrivesInOrderAndNoneIsLost() {
        for (int seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            FakePlatformLink link = new FakePlatformLink();
            VirtualTicker time = new VirtualTicker();
            InMemoryOutboundQueue stored = new InMemoryOutboundQueue(LIMITS, clock, false);
            link.holdAcks();
            Forwarder forwarder =
                    Forwarder.open(stored, link, SETTINGS, time, InstantSource.fixed(Instant.EPOCH), new Random(seed));
            int losses = 0;
            for (int step = 0; step < 600; step++) {
                switch (random.nextInt(7)) {
                    case 0, 1 -> {
                        for (int i = random.nextInt(8); i > 0; i--) {
                            stored.append(new OutboundDraft("t", new byte[5], 1, false, true));
                        }
                    }
                    case 2 -> link.releaseAcks(random.nextInt(12));
                    case 3, 4 -> stored.commit();
                    case 5 -> {
                        if (random.nextInt(4) == 0) {
                            link.sever();
                            losses++;
                        }
                    }
                    default -> time.advance(Duration.ofMillis(random.nextInt(3_000)));
                }
            }
            stored.commit();
            link.releaseAllAcks();
            for (int i = 0; i < 1_000 && stored.stats().depth() > 0; i++) {
                time.advance(Duration.ofSeconds(1));
                stored.commit();
            }
            long total = stored.stats().appended();
            assertEquals(new QueueStats(0, 0, 0, total, total, 0), stored.stats());
            assertFirstDeliveriesInOrder(link.receivedIds(), total);
            int duplicates = link.received().size() - (int) total;
            assertTrue(duplicates <= losses * SETTINGS.window(), duplicates + " duplicates, " + losses + " losses");
            assertFalse(losses == 0);
            Thread closer = Thread.ofPlatform().start(forwarder::close);
            await().until(() -> !closer.isAlive());
        }
    }

    private static void assertFirstDeliveriesInOrder(List<Long> received, long total) {
        List<Long> first = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        for (long id : received) {
            if (seen.add(id)) {
                first.add(id);
            }
        }
        assertEquals(range(1, total), first);
    }

    /** Throws at the first read. */
    private static final class FailingOnceQueue implements OutboundQueue {
        private final OutboundQueue queue;
        private boolean failed;

        FailingOnceQueue(OutboundQueue queue) {
            this.queue = queue;
        }

        @Override
        public AppendResult append(OutboundDraft draft) {
            return queue.append(draft);
        }

        @Override
        public List<OutboundMessage> readAfter(long afterId, int maxMessages, int maxBytes) {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("page unreadable");
            }
            return queue.readAfter(afterId, maxMessages, maxBytes);
        }

        @Override
        public void remove(long[] ids, boolean prompt, Runnable onDisk) {
            queue.remove(ids, prompt, onDisk);
        }

        @Override
        public void discard(long id, Runnable onDisk) {
            queue.discard(id, onDisk);
        }

        @Override
        public void inFlightThrough(long id) {
            queue.inFlightThrough(id);
        }

        @Override
        public void onReadable(Runnable listener) {
            queue.onReadable(listener);
        }

        @Override
        public QueueStats stats() {
            return queue.stats();
        }
    }
}
