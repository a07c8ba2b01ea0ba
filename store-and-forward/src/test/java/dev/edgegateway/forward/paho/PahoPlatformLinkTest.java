package dev.edgegateway.forward.paho;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.forward.DownlinkListener;
import dev.edgegateway.forward.FakeClock;
import dev.edgegateway.forward.Forwarder;
import dev.edgegateway.forward.ForwarderSettings;
import dev.edgegateway.forward.InMemoryOutboundQueue;
import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.PlatformException;
import dev.edgegateway.forward.PlatformLink;
import dev.edgegateway.forward.PlatformLinkContract;
import dev.edgegateway.forward.QueueLimits;
import dev.edgegateway.forward.QueueLimits.WhenFull;
import dev.edgegateway.forward.UnsendableException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The link against a server on plain sockets. */
final class PahoPlatformLinkTest extends PlatformLinkContract {
    private static final String STATUS = "gateways/gw-001/status";

    private record Down(String topic, String payload, CompletableFuture<Void> placed) {}

    /** Says which of the three it is, and the generation. */
    private static final StatusPayload STATUS_TEXT = new StatusPayload() {
        @Override
        public byte[] connectionLost(long generation) {
            return ("lost " + generation).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] online(long generation) {
            return ("online " + generation).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] offline(long generation) {
            return ("offline " + generation).getBytes(StandardCharsets.UTF_8);
        }
    };

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final TinyBroker broker = new TinyBroker();
    private final AtomicLong generation = new AtomicLong();
    private final List<Down> arrivedDown = new CopyOnWriteArrayList<>();
    private final DownlinkListener downlink = (topic, payload, qos) -> {
        Down down = new Down(topic, new String(payload, StandardCharsets.UTF_8), new CompletableFuture<>());
        arrivedDown.add(down);
        return down.placed;
    };
    private PahoPlatformLink link = link(settings(broker.url(), null, false, Duration.ofSeconds(10)));

    private LinkSettings settings(String url, @Nullable Credentials credentials, boolean clean, Duration timeout) {
        return new LinkSettings(
                url,
                "gw-001",
                credentials,
                null,
                Duration.ofSeconds(30),
                timeout,
                clean,
                500,
                List.of(new Subscription("cmd/one/+", 1), new Subscription("cmd/two", 1)),
                STATUS,
                true,
                STATUS_TEXT,
                generation::incrementAndGet);
    }

    private PahoPlatformLink link(LinkSettings settings) {
        return new PahoPlatformLink(settings, downlink);
    }

    @AfterEach
    void closeAll() throws Exception {
        broker.releaseAcks();
        link.close();
        broker.close();
    }

    @Override
    protected PlatformLink link() {
        return link;
    }

    @Override
    protected List<String> arrived() {
        return broker.publishes().stream()
                .map(TinyBroker.Publish::topic)
                .filter(topic -> !topic.equals(STATUS))
                .toList();
    }

    private List<String> statuses() {
        return broker.publishes().stream()
                .filter(publish -> publish.topic().equals(STATUS))
                .map(TinyBroker.Publish::payload)
                .toList();
    }

    @Override
    protected void holdAcks() {
        broker.holdAcks();
    }

    @Override
    protected void releaseAcks() {
        broker.releaseAcks();
    }

    @Override
    protected void sever() {
        broker.sever();
    }

    @Override
    protected void refuseNextConnection() {
        broker.answerConnectWith(5);
    }

    @Override
    protected String unsendableTopic() {
        return "a/+/b";
    }

    @Test
    void theWillIsSetThenFiltersAreSubscribedOneByOneThenTheBirthIsPublished() throws Exception {
        link.connect(new Reports());
        TinyBroker.Connect connect = broker.connects().getFirst();
        assertEquals(new TinyBroker.Connect("gw-001", false, 30, null, null, STATUS, "lost 1", 1, true), connect);
        assertEquals(
                List.of("connect", "subscribe cmd/one/+", "subscribe cmd/two", "publish " + STATUS), broker.events());
        assertEquals(
                new TinyBroker.Publish(STATUS, "online 1", 1, true, false),
                broker.publishes().getFirst());
    }

    @Test
    void aCleanEndSaysOfflineBeforeItDisconnects() throws Exception {
        link.connect(new Reports());
        link.publish(message(1, "t", 1));
        await().until(() -> arrived().size() == 1);
        link.close();
        await().until(() -> broker.events().contains("disconnect"));
        List<String> events = broker.events();
        assertEquals(List.of("publish " + STATUS, "disconnect"), events.subList(events.size() - 2, events.size()));
        assertEquals(List.of("online 1", "offline 1"), statuses());
    }

    @Test
    void anAbandonedConnectionSaysNothing() throws Exception {
        link.connect(new Reports());
        link.abandon();
        await().until(() -> broker.events().contains("dropped"));
        assertFalse(broker.events().contains("disconnect"));
        assertEquals(List.of("online 1"), statuses());
        link.connect(new Reports());
        assertEquals("lost 2", broker.connects().getLast().willPayload());
    }

    @Test
    void refusalsOfNameAndPasswordAreToldFromOtherReasons() {
        for (int code : new int[] {2, 4, 5}) {
            broker.answerConnectWith(code);
            assertTrue(assertThrows(PlatformException.class, () -> link.connect(new Reports()))
                    .refused());
        }
        for (int code : new int[] {1, 3}) {
            broker.answerConnectWith(code);
            assertFalse(assertThrows(PlatformException.class, () -> link.connect(new Reports()))
                    .refused());
        }
    }

    @Test
    void aRefusedSubscriptionFailsTheConnection() {
        broker.refuseSubscriptions();
        PlatformException failure = assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        assertTrue(String.valueOf(failure.getMessage()).contains("cmd/one/+"), failure.getMessage());
        await().until(() -> broker.events().contains("dropped"));
        assertEquals(List.of(), statuses());
    }

    @Test
    void aPlatformThatSaysNothingFailsTheConnectionInTime() {
        broker.fallSilent();
        link = link(settings(broker.url(), null, false, Duration.ofSeconds(1)));
        long before = System.nanoTime();
        assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        assertTrue(System.nanoTime() - before < Duration.ofSeconds(5).toNanos());
    }

    @Test
    void aBirthThatIsNotAcknowledgedFailsTheConnection() {
        broker.holdAcks();
        link = link(settings(broker.url(), null, false, Duration.ofSeconds(1)));
        PlatformException failure = assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        assertTrue(String.valueOf(failure.getMessage()).contains(STATUS), failure.getMessage());
    }

    @Test
    void aPortWhereNobodyListensFails() throws Exception {
        int port;
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closedSoon.getLocalPort();
        }
        link = link(settings("tcp://127.0.0.1:" + port, null, false, Duration.ofSeconds(5)));
        PlatformException failure = assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        assertFalse(failure.refused());
        assertTrue(String.valueOf(failure.getMessage()).contains("127.0.0.1:" + port), failure.getMessage());
    }

    @Test
    void thePasswordIsReadAtEachConnection() throws Exception {
        Path file = folder.resolve("password");
        Files.writeString(file, "first\n");
        link = link(settings(broker.url(), Credentials.fromFile("use-token-auth", file), true, Duration.ofSeconds(10)));
        link.connect(new Reports());
        Files.writeString(file, "second");
        link.connect(new Reports());
        assertEquals("first", broker.connects().get(0).password());
        assertEquals("second", broker.connects().get(1).password());
        assertEquals("use-token-auth", broker.connects().get(1).username());
        Files.writeString(file, "\n");
        assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        Files.delete(file);
        PlatformException missing = assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        assertTrue(String.valueOf(missing.getMessage()).contains(file.toString()), missing.getMessage());
    }

    @Test
    void messagesTravelWithTheirOwnQosInACleanSession() throws Exception {
        link = link(settings(broker.url(), null, true, Duration.ofSeconds(10)));
        Reports reports = new Reports();
        link.connect(reports);
        for (int qos = 0; qos <= 2; qos++) {
            link.publish(message(qos + 1, "t", qos));
        }
        await().until(() -> arrived().size() == 3);
        assertEquals(
                List.of(0, 1, 2),
                broker.publishes().stream()
                        .filter(publish -> publish.topic().equals("t"))
                        .map(TinyBroker.Publish::qos)
                        .toList());
        await().until(() -> reports.acknowledged().containsAll(List.of(1L, 2L)));
    }

    @Test
    void inAKeptSessionNothingTravelsWithQos2() throws Exception {
        link.connect(new Reports());
        link.publish(message(1, "t", 2));
        await().until(() -> arrived().size() == 1);
        assertEquals(1, broker.publishes().getLast().qos());
    }

    @Test
    void aCommandIsAcknowledgedWhenItIsWhereItBelongsAndNotBefore() throws Exception {
        link.connect(new Reports());
        broker.send("cmd/two", "first", 1, 11);
        broker.send("cmd/two", "second", 1, 12);
        await().until(() -> arrivedDown.size() == 2);
        assertEquals(List.of(), broker.pubacks());
        arrivedDown.get(1).placed.complete(null);
        await().until(() -> broker.pubacks().equals(List.of(12)));
        arrivedDown.get(0).placed.completeExceptionally(new IllegalStateException("no such device"));
        broker.send("cmd/two", "third", 1, 13);
        await().until(() -> arrivedDown.size() == 3);
        arrivedDown.get(2).placed.complete(null);
        await().until(() -> broker.pubacks().equals(List.of(12, 13)));
    }

    @Test
    void aListenerThatThrowsCostsNeitherTheConnectionNorTheNextCommand() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        link = new PahoPlatformLink(
                settings(broker.url(), null, false, Duration.ofSeconds(10)), (topic, payload, qos) -> {
                    heard.add(topic);
                    if (heard.size() == 1) {
                        throw new IllegalStateException("broken handler");
                    }
                    CompletableFuture<Void> placed = new CompletableFuture<>();
                    placed.complete(null);
                    return placed;
                });
        Reports reports = new Reports();
        link.connect(reports);
        broker.send("cmd/two", "first", 1, 21);
        broker.send("cmd/two", "second", 1, 22);
        await().until(() -> broker.pubacks().equals(List.of(22)));
        link.publish(message(1, "t", 1));
        await().until(() -> reports.acknowledged().equals(List.of(1L)));
    }

    @Test
    void topicsThatPahoWouldChokeOnAreRefusedBefore() throws Exception {
        Reports reports = new Reports();
        link.connect(reports);
        List<String> bad =
                List.of("", "a#", "a\u0000b", "a\nb", "a\uD800b", "\uDC00", "a/😀", "\uFFFF", "ü".repeat(40_000));
        for (String topic : bad) {
            assertThrows(UnsendableException.class, () -> link.publish(message(1, topic, 1)), topic);
        }
        List<String> good = List.of("a", "/", "grün/日本", "x".repeat(60_000), "\u00A0", "$SYS/x");
        for (int i = 0; i < good.size(); i++) {
            link.publish(message(i + 10, good.get(i), 1));
            int sent = i + 1;
            await().untilAsserted(
                            () -> assertEquals(sent, reports.acknowledged().size(), () -> "" + reports.lost()));
        }
        await().until(() -> reports.acknowledged().size() == good.size());
        assertEquals(good, arrived());
    }

    @Test
    void noThreadIsLeftBehindByFiftyConnections() throws Exception {
        await().untilAsserted(() -> assertEquals(List.of(), pahoThreads()));
        for (int i = 0; i < 50; i++) {
            link.connect(new Reports());
            link.publish(message(i + 1, "t", 1));
            switch (i % 3) {
                case 0 -> link.abandon();
                case 1 -> broker.sever();
                default -> {
                    // The next connect drops this one.
                }
            }
        }
        link.close();
        await().untilAsserted(() -> assertEquals(List.of(), pahoThreads()));
    }

    @Test
    void noThreadIsLeftBehindByAPeerThatHangsUpAtOnce() {
        broker.hangUpAtOnce();
        for (int i = 0; i < 10; i++) {
            assertThrows(PlatformException.class, () -> link.connect(new Reports()));
        }
        assertEquals(10, broker.events().size());
        await().untilAsserted(() -> assertEquals(List.of(), pahoThreads()));
    }

    private static List<String> pahoThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith("MQTT "))
                .map(thread -> thread.getKey().getName() + " at " + Arrays.toString(thread.getValue()))
                .toList();
    }

    @Test
    void abandoningEndsAnAttemptThatHangs() throws Exception {
        broker.fallSilent();
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread connecting = Thread.ofPlatform().start(() -> {
            try {
                link.connect(new Reports());
                outcome.complete(new AssertionError("connected"));
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        await().until(() -> pahoThreads().stream().anyMatch(name -> name.startsWith("MQTT Rec")));
        link.abandon();
        await().atMost(Duration.ofSeconds(3)).until(outcome::isDone);
        assertTrue(outcome.get() instanceof PlatformException, () -> "" + outcome.join());
        connecting.join();
    }

    @Test
    void aForwarderAndTheLinkBringABacklogThroughBrokenConnections() {
        var queue = new InMemoryOutboundQueue(
                new QueueLimits(1L << 30, Duration.ofDays(1), WhenFull.REJECT), new FakeClock(), true);
        for (int i = 0; i < 3_000; i++) {
            queue.append(new OutboundDraft("n/" + i, new byte[] {1}, 1, false, true));
        }
        ForwarderSettings settings =
                ForwarderSettings.defaults().withReconnect(Duration.ofMillis(10), Duration.ofMillis(50));
        try (Forwarder forwarder = Forwarder.open(queue, link, settings)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> arrived().size() > 500);
            broker.sever();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> arrived().size() > 2_000 && forwarder.status().reconnects() >= 1);
            broker.sever();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            queue.stats().depth() == 0 && forwarder.status().reconnects() >= 2);
        }
        List<String> first = arrived().stream().distinct().toList();
        assertEquals(3_000, first.size());
        for (int i = 0; i < 3_000; i++) {
            assertEquals("n/" + i, first.get(i));
        }
        assertEquals("offline " + generation.get(), statuses().getLast());
    }
}
