package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 3.1.1 over real sockets, nothing of it to survive. */
class BrokerProtocolTest {
    private LocalBroker broker;
    private int port;

    @BeforeEach
    void open() {
        broker = LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)));
        port = broker.port("tcp");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aMessageReachesASubscriberAtTheLowerOfBothLevels(int granted) throws IOException {
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, granted, "a/+");
            for (int qos = 0; qos <= 2; qos++) {
                publisher.publish("a/b", "q" + qos, qos, 10 + qos);
                TestClient.Packet packet = subscriber.next();
                assertEquals("PUBLISH a/b q" + qos, packet.toString());
                assertEquals(Math.min(granted, qos), packet.qos());
                if (packet.qos() == 1) {
                    subscriber.ack(0x40, packet.packetId());
                } else if (packet.qos() == 2) {
                    subscriber.ack(0x50, packet.packetId());
                    subscriber.expect("PUBREL " + packet.packetId());
                    subscriber.ack(0x70, packet.packetId());
                }
            }
            publisher.expect("PUBACK 11").expect("PUBREC 12").ack(0x62, 12).expect("PUBCOMP 12");
        }
    }

    @Test
    void aRepeatedQos2PublishIsRoutedOnce() throws IOException {
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, 0, "t");
            publisher.publish("t", "once", 2, 7).expect("PUBREC 7");
            publisher.send(TestClient.publishPacket("t", "once", 2, false, true, 7));
            publisher.expect("PUBREC 7").ack(0x62, 7).expect("PUBCOMP 7");
            publisher.publish("t", "next", 2, 7).expect("PUBREC 7");
            subscriber.expect("PUBLISH t once").expect("PUBLISH t next").expectNothing();
        }
    }

    @Test
    void overlappingFiltersDeliverOnceAtTheHighestLevel() throws IOException {
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, 0, "a/#").subscribe(2, 1, "a/b");
            publisher.publishAndWait("a/b", "x", 1);
            assertEquals(1, subscriber.next().qos());
            subscriber.expectNothing();
        }
    }

    @Test
    void retainedMessagesGoToNewSubscribersWithTheFlagAndToOldOnesWithout() throws IOException {
        try (var old = TestClient.connect(port, "old", true);
                var publisher = TestClient.connect(port, "p", true);
                var late = TestClient.connect(port, "late", true)) {
            old.subscribe(1, 1, "state/#");
            publisher.send(TestClient.publishPacket("state/a", "on", 1, true, false, 1));
            publisher.expect("PUBACK 1");
            assertFalse(old.next().retain());
            late.subscribe(1, 1, "state/+");
            TestClient.Packet kept = late.next();
            assertTrue(kept.retain());
            assertEquals("on", kept.payload());
            publisher.send(TestClient.publishPacket("state/a", "", 1, true, false, 2));
            publisher.expect("PUBACK 2");
            try (var third = TestClient.connect(port, "third", true)) {
                third.subscribe(1, 1, "#").expectNothing();
            }
        }
    }

    @Test
    void theWillIsPublishedWhenTheConnectionBreaksAndNotAfterDisconnect() throws IOException {
        try (var watcher = TestClient.connect(port, "w", true)) {
            watcher.subscribe(1, 1, "gone/#");
            Object[] will = {"gone/a", "bye", 0x08};
            TestClient breaking = TestClient.raw(port);
            breaking.send(TestClient.connectPacket("a", true, 0, will)).expect("CONNACK 0 0");
            breaking.drop();
            assertEquals("PUBLISH gone/a bye", watcher.next().toString());
            TestClient leaving = TestClient.raw(port);
            leaving.send(TestClient.connectPacket("b", true, 0, will)).expect("CONNACK 0 0");
            leaving.disconnect();
            watcher.expectNothing();
        }
    }

    @Test
    void aClientThatFallsSilentIsCutAfterOneAndAHalfIntervals() throws IOException {
        TestClient silent = TestClient.raw(port);
        silent.send(TestClient.connectPacket("silent", true, 1, null)).expect("CONNACK 0 0");
        assertTrue(silent.isClosedByPeer());
    }

    @Test
    void theSameClientIdTakesOverAndKeepsTheSession() throws IOException {
        TestClient first = TestClient.connect(port, "twin", false);
        first.subscribe(1, 1, "t");
        try (TestClient second = TestClient.raw(port);
                TestClient publisher = TestClient.connect(port, "p", true)) {
            second.send(TestClient.connectPacket("twin", false, 0, null)).expect("CONNACK 1 0");
            assertTrue(first.isClosedByPeer());
            publisher.publishAndWait("t", "for the second", 1);
            assertEquals("for the second", second.next().payload());
        }
    }

    @Test
    void aPersistentSessionGetsWhatCameWhileItWasAwayInOrder() throws IOException {
        TestClient sleeper = TestClient.connect(port, "sleeper", false);
        sleeper.subscribe(1, 1, "t").disconnect();
        try (TestClient publisher = TestClient.connect(port, "p", true)) {
            for (int i = 1; i <= 250; i++) {
                publisher.publishAndWait("t", "m" + i, i);
            }
        }
        try (TestClient back = TestClient.raw(port)) {
            back.send(TestClient.connectPacket("sleeper", false, 0, null)).expect("CONNACK 1 0");
            for (int i = 1; i <= 250; i++) {
                TestClient.Packet packet = back.next();
                assertEquals("m" + i, packet.payload());
                back.ack(0x40, packet.packetId());
            }
            back.expectNothing();
        }
    }

    @Test
    void whatWasInFlightIsSentAgainWithDupAndTheSamePacketId() throws IOException {
        TestClient receiver = TestClient.connect(port, "r", false);
        receiver.subscribe(1, 2, "t");
        int firstId;
        int secondId;
        try (TestClient publisher = TestClient.connect(port, "p", true)) {
            publisher.publishAndWait("t", "one", 1);
            publisher.publish("t", "two", 2, 2).expect("PUBREC 2").ack(0x62, 2).expect("PUBCOMP 2");
            firstId = receiver.next().packetId();
            secondId = receiver.next().packetId();
            receiver.ack(0x50, secondId).expect("PUBREL " + secondId);
        }
        receiver.drop();
        try (TestClient again = TestClient.raw(port)) {
            again.send(TestClient.connectPacket("r", false, 0, null)).expect("CONNACK 1 0");
            TestClient.Packet repeat = again.next();
            assertEquals("PUBLISH t one", repeat.toString());
            assertTrue(repeat.dup());
            assertEquals(firstId, repeat.packetId());
            again.expect("PUBREL " + secondId)
                    .ack(0x70, secondId)
                    .ack(0x40, firstId)
                    .expectNothing();
        }
    }

    @Test
    void noMoreThanTheWindowIsInFlightAndNothingIsLost() throws IOException {
        try (var slow = TestClient.connect(port, "slow", true);
                var publisher = TestClient.connect(port, "p", true)) {
            slow.subscribe(1, 1, "t");
            for (int i = 1; i <= 300; i++) {
                publisher.publishAndWait("t", "m" + i, i);
            }
            List<TestClient.Packet> window = slow.next(100);
            slow.expectNothing();
            for (TestClient.Packet packet : window) {
                slow.ack(0x40, packet.packetId());
            }
            List<TestClient.Packet> rest = slow.next(100);
            assertEquals("m200", rest.getLast().payload());
        }
    }

    @Test
    void aFullQueueDropsItsOldest() throws IOException {
        TestClient sleeper = TestClient.connect(port, "sleeper", false);
        sleeper.subscribe(1, 1, "t").disconnect();
        try (TestClient publisher = TestClient.connect(port, "p", true)) {
            for (int i = 1; i <= 5010; i++) {
                publisher.publish("t", "m" + i, 1, i);
            }
            publisher.next(5010);
        }
        assertEquals(10, broker.stats().publishDropped());
        try (TestClient back = TestClient.raw(port)) {
            back.send(TestClient.connectPacket("sleeper", false, 0, null)).expect("CONNACK 1 0");
            assertEquals("m11", back.next().payload());
        }
    }

    @Test
    void wildcardsDoNotSeeTopicsThatStartWithADollar() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        broker.subscribe("test", new TopicFilter("$SYS/#"), message -> seen.add("sys"));
        try (var all = TestClient.connect(port, "all", true)) {
            all.subscribe(1, 0, "#", "+/x");
            broker.publish(ClientInfo.inProcess("test"), message("$SYS/x", "1"))
                    .toCompletableFuture()
                    .join();
            all.expectNothing();
        }
        assertEquals(List.of("sys"), seen);
    }

    @Test
    void aPartOfTheProcessPublishesAndSubscribesLikeAClient() throws IOException {
        List<String> seen = new CopyOnWriteArrayList<>();
        LocalBroker.Subscription subscription = broker.subscribe(
                "test",
                new TopicFilter("up/#"),
                message -> seen.add(new String(message.payload(), StandardCharsets.UTF_8)));
        try (var client = TestClient.connect(port, "c", true)) {
            client.subscribe(1, 1, "down");
            broker.publish(ClientInfo.inProcess("test"), message("down", "hello"));
            assertEquals("hello", client.next().payload());
            client.publishAndWait("up/x", "hi", 1);
            assertEquals(List.of("hi"), seen);
            subscription.close();
            broker.stats(); // answered by the loop after it has done what was asked before
            client.publishAndWait("up/x", "unheard", 2);
            assertEquals(List.of("hi"), seen);
        }
    }

    @Test
    void unsubscribedMeansSilence() throws IOException {
        try (var client = TestClient.connect(port, "c", true)) {
            client.subscribe(1, 1, "t", "u").unsubscribe(2, "t");
            client.publish("t", "x", 1, 3).expect("PUBACK 3").expectNothing();
        }
    }

    @Test
    void emptyClientIdsAreNamedByTheBrokerOnlyForCleanSessions() throws IOException {
        try (var clean = TestClient.raw(port);
                var kept = TestClient.raw(port);
                var system = TestClient.raw(port)) {
            clean.send(TestClient.connectPacket("", true, 0, null)).expect("CONNACK 0 0");
            kept.send(TestClient.connectPacket("", false, 0, null)).expect("CONNACK 0 2");
            assertTrue(kept.isClosedByPeer());
            system.send(TestClient.connectPacket("$uplink", true, 0, null)).expect("CONNACK 0 2");
        }
    }

    @Test
    void aPortInUseIsNamedWithItsListener() {
        BrokerSettings same = BrokerSettings.onPort("127.0.0.1", port);
        IllegalStateException failure =
                assertThrows(IllegalStateException.class, () -> LocalBroker.open(LocalBroker.Parts.inMemory(same)));
        String words = String.valueOf(failure.getMessage());
        assertTrue(words.contains("listener 'tcp'"), words);
        assertTrue(words.contains(":" + port), words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUBLISH before CONNECT",
                "second CONNECT",
                "PUBLISH to a wildcard",
                "SUBSCRIBE with # inside",
                "SUBSCRIBE without filters",
                "QoS 3",
                "packet id 0",
                "CONNACK from a client",
                "unknown type 0",
                "remaining length of five bytes",
                "SUBSCRIBE with wrong flags",
                "DUP at QoS 0"
            })
    void whoBreaksTheProtocolLosesTheConnectionAndNobodyElseDoes(String how) throws IOException {
        try (var bystander = TestClient.connect(port, "bystander", true);
                var offender = TestClient.raw(port)) {
            if (!how.equals("PUBLISH before CONNECT")) {
                offender.send(TestClient.connectPacket("offender", true, 0, null));
                offender.expect("CONNACK 0 0");
            }
            offender.send(
                    switch (how) {
                        case "PUBLISH before CONNECT" -> TestClient.publishPacket("t", "x", 0, false, false, 0);
                        case "second CONNECT" -> TestClient.connectPacket("offender", true, 0, null);
                        case "PUBLISH to a wildcard" -> TestClient.publishPacket("a/+", "x", 0, false, false, 0);
                        case "SUBSCRIBE with # inside" -> bytes(0x82, 8, 0, 1, 0, 3, '#', '/', 'a', 0);
                        case "SUBSCRIBE without filters" -> bytes(0x82, 2, 0, 1);
                        case "QoS 3" -> bytes(0x36, 5, 0, 1, 't', 0, 1);
                        case "packet id 0" -> TestClient.publishPacket("t", "x", 1, false, false, 0);
                        case "CONNACK from a client" -> bytes(0x20, 2, 0, 0);
                        case "unknown type 0" -> bytes(0x00, 0);
                        case "remaining length of five bytes" -> bytes(0x30, 255, 255, 255, 255, 1);
                        case "SUBSCRIBE with wrong flags" -> bytes(0x80, 6, 0, 1, 0, 1, 't', 0);
                        case "DUP at QoS 0" -> TestClient.publishPacket("t", "x", 0, false, true, 0);
                        default -> throw new IllegalArgumentException(how);
                    });
            assertTrue(offender.isClosedByPeer(), how);
            bystander.expectNothing();
        }
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void randomBytesCostTheirSenderTheConnectionAndNothingElse() throws IOException {
        Random random = new Random(42);
        try (var bystander = TestClient.connect(port, "bystander", true)) {
            for (int round = 0; round < 300; round++) {
                byte[] noise = new byte[1 + random.nextInt(200)];
                random.nextBytes(noise);
                TestClient noisy = round % 2 == 0 ? TestClient.raw(port) : TestClient.connect(port, "n" + round, true);
                try (noisy) {
                    noisy.send(noise);
                } catch (IOException closedAlready) {
                    continue;
                }
            }
            bystander.expectNothing();
        }
        await().atMost(10, TimeUnit.SECONDS)
                .untilAsserted(() -> assertEquals(0, broker.stats().clientsConnected()));
    }

    @Test
    void aTooLargePacketEndsTheConnection() throws IOException {
        try (var greedy = TestClient.connect(port, "greedy", true)) {
            greedy.send(bytes(0x30, 255, 255, 255, 127));
            assertTrue(greedy.isClosedByPeer());
        }
    }

    @Test
    void aReaderThatStopsReadingHoldsNobodyUpAndItsQueueStaysBounded() throws IOException {
        try (var stuck = TestClient.connect(port, "stuck", true);
                var reader = TestClient.connect(port, "reader", true);
                var publisher = TestClient.connect(port, "p", true)) {
            stuck.subscribe(1, 0, "t");
            reader.subscribe(1, 0, "t");
            String payload = "x".repeat(10_000);
            for (int i = 1; i <= 4000; i++) {
                publisher.publish("t", payload, 1, i);
                publisher.expect("PUBACK " + i);
                assertEquals(payload, reader.next().payload());
            }
            BrokerStats stats = broker.stats();
            assertTrue(stats.queuedBytes() <= 16L << 20, () -> "queued bytes: " + stats.queuedBytes());
            assertTrue(stats.publishDropped() > 0);
        }
    }

    @Test
    void manyClientsEachGetTheirOwn() throws IOException {
        List<TestClient> clients = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                clients.add(TestClient.connect(port, "c" + i, true).subscribe(1, 1, "to/" + i));
            }
            for (int i = 0; i < 200; i++) {
                clients.get(i).publish("to/" + (199 - i), "from " + i, 1, 5);
            }
            for (int i = 0; i < 200; i++) {
                Set<String> got = clients.get(i).next(2).stream()
                        .map(TestClient.Packet::toString)
                        .collect(Collectors.toSet());
                assertEquals(Set.of("PUBACK 5", "PUBLISH to/" + i + " from " + (199 - i)), got);
            }
            assertEquals(200, broker.stats().clientsConnected());
        } finally {
            for (TestClient client : clients) {
                client.close();
            }
        }
    }

    private static Message message(String topic, String payload) {
        return new Message(new TopicName(topic), payload.getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, false);
    }

    @Test
    void closingFromTwoThreadsAtOnceClosesOnce() throws Exception {
        Thread other = Thread.ofPlatform().start(() -> broker.close());
        broker.close();
        other.join();
        assertThrows(IOException.class, () -> TestClient.connect(port, "late", true));
    }
}
