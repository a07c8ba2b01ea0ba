package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives; what is not on disk is not acknowledged. */
class BrokerDurabilityTest {
    private static final ClientInfo PROCESS = ClientInfo.inProcess("test");

    @TempDir
    Path directory;

    private HeldStore store;
    private LocalBroker broker;
    private int port;
    private PublishTap tap = PublishTap.NONE;

    @BeforeEach
    void open() {
        store = new HeldStore(directory.resolve("broker.mv").toString());
        start();
    }

    private void start() {
        broker = LocalBroker.open(new LocalBroker.Parts(
                BrokerSettings.onPort("127.0.0.1", 0),
                store.maps(),
                (publisher, message) -> tap.onPublish(publisher, message),
                Authenticator.ANONYMOUS,
                Authorizer.OPEN,
                BrokerListener.NONE));
        store.onCommitted(broker::committedThrough);
        port = broker.port("tcp");
    }

    /** As a power cut would: the broker is gone, and so is what was not committed. */
    private void crash() {
        store.onCommitted(commit -> {});
        store.crash();
        broker.close();
        store.crash();
        start();
    }

    @AfterEach
    void close() {
        broker.close();
        store.close();
    }

    private TestClient resume(String clientId) throws IOException {
        return TestClient.raw(port)
                .send(TestClient.connectPacket(clientId, false, 0, null))
                .expect("CONNACK 1 0");
    }

    @Test
    void pubackWaitsUntilTheMessageIsOnDisk() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 1, "t").disconnect();
        try (var publisher = TestClient.connect(port, "p", true)) {
            store.hold();
            publisher.publish("t", "precious", 1, 1).expectNothing();
            store.release();
            publisher.expect("PUBACK 1");
        }
    }

    @Test
    void acknowledgementsKeepTheirOrderWhenOnlySomeWaitForTheDisk() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 1, "kept").disconnect();
        try (var publisher = TestClient.connect(port, "p", true)) {
            store.hold();
            publisher.publish("kept", "1", 1, 1).publish("lost", "2", 1, 2).expectNothing();
            store.release();
            publisher.expect("PUBACK 1").expect("PUBACK 2");
        }
    }

    @Test
    void whatNobodyHasToKeepIsAcknowledgedWithoutTheDisk() throws IOException {
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, 1, "t");
            store.hold();
            publisher.publishAndWait("t", "x", 1);
            publisher.publish("t", "y", 2, 2).expect("PUBREC 2").ack(0x62, 2).expect("PUBCOMP 2");
            assertEquals(0, store.pending());
        }
    }

    @Test
    void aSubscriberThatIsAwayGetsEveryAcknowledgedMessageAfterACrash() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 2, "t/#").disconnect();
        try (var publisher = TestClient.connect(port, "p", true)) {
            for (int i = 1; i <= 200; i++) {
                publisher.publishAndWait("t/" + i % 3, "m" + i, i);
            }
        }
        crash();
        try (var back = resume("sleeper")) {
            for (int i = 1; i <= 200; i++) {
                TestClient.Packet packet = back.next();
                assertEquals("m" + i, packet.payload());
                back.ack(0x40, packet.packetId());
            }
            back.expectNothing();
        }
    }

    @Test
    void aCrashBeforeTheCommitLosesOnlyWhatWasNotAcknowledged() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 1, "t").disconnect();
        try (var publisher = TestClient.connect(port, "p", true)) {
            publisher.publishAndWait("t", "acknowledged", 1);
            store.hold();
            publisher.publish("t", "not acknowledged", 1, 2).expectNothing();
        }
        crash();
        try (var back = resume("sleeper")) {
            assertEquals("acknowledged", back.next().payload());
            back.expectNothing();
        }
    }

    @Test
    void retainedMessagesComeBackAndDeletedOnesDoNot() throws IOException {
        try (var publisher = TestClient.connect(port, "p", true)) {
            publisher.send(TestClient.publishPacket("state/a", "on", 1, true, false, 1));
            publisher.send(TestClient.publishPacket("state/b", "off", 1, true, false, 2));
            publisher.send(TestClient.publishPacket("state/b", "", 1, true, false, 3));
            publisher.next(3);
        }
        crash();
        try (var late = TestClient.connect(port, "late", true)) {
            late.subscribe(1, 1, "state/#");
            assertEquals("PUBLISH state/a on", late.next().toString());
            late.expectNothing();
        }
    }

    @Test
    void aQos2MessageIsNotRoutedTwiceWhenTheBrokerDiesBeforePubrel() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 2, "t").disconnect();
        try (var publisher = TestClient.connect(port, "p", false)) {
            publisher.publish("t", "once", 2, 9).expect("PUBREC 9");
        }
        crash();
        try (var publisher = resume("p")) {
            publisher.send(TestClient.publishPacket("t", "once", 2, false, true, 9));
            publisher.expect("PUBREC 9").ack(0x62, 9).expect("PUBCOMP 9");
            publisher.publish("t", "another", 2, 9).expect("PUBREC 9");
        }
        try (var back = resume("sleeper")) {
            assertEquals("once", back.next().payload());
            assertEquals("another", back.next().payload());
            back.expectNothing();
        }
    }

    @Test
    void aQos2DeliveryGoesOnWhereItWasWhenTheBrokerDies() throws IOException {
        TestClient receiver = TestClient.connect(port, "r", false).subscribe(1, 2, "t");
        try (var publisher = TestClient.connect(port, "p", true)) {
            for (int i = 1; i <= 3; i++) {
                publisher
                        .publish("t", "m" + i, 2, i)
                        .expect("PUBREC " + i)
                        .ack(0x62, i)
                        .expect("PUBCOMP " + i);
            }
        }
        List<Integer> ids = new ArrayList<>();
        receiver.next(3).forEach(packet -> ids.add(packet.packetId()));
        receiver.ack(0x50, ids.getFirst()).expect("PUBREL " + ids.getFirst());
        crash();
        receiver.close();
        try (var again = resume("r")) {
            again.expect("PUBREL " + ids.get(0)).ack(0x70, ids.get(0));
            for (int i = 1; i < 3; i++) {
                TestClient.Packet repeat = again.next();
                assertEquals("m" + (i + 1), repeat.payload());
                assertEquals(ids.get(i), repeat.packetId());
                assertTrue(repeat.dup());
            }
            again.expectNothing();
        }
    }

    @Test
    void aQos2DeliveryToAPersistentSessionLeavesOnlyOnceItIsOnDisk() throws IOException {
        try (var receiver = TestClient.connect(port, "r", false);
                var publisher = TestClient.connect(port, "p", true)) {
            receiver.subscribe(1, 2, "t");
            store.hold();
            publisher.publish("t", "x", 2, 1).expectNothing();
            receiver.expectNothing();
            store.release();
            publisher.expect("PUBREC 1");
            assertEquals("x", receiver.next().payload());
        }
    }

    @Test
    void pubrelToAPersistentSessionWaitsUntilItsPubrecIsOnDisk() throws IOException {
        try (var receiver = TestClient.connect(port, "r", false);
                var publisher = TestClient.connect(port, "p", true)) {
            receiver.subscribe(1, 2, "t");
            publisher.publish("t", "x", 2, 1).expect("PUBREC 1");
            int id = receiver.next().packetId();
            store.hold();
            receiver.ack(0x50, id).expectNothing();
            store.release();
            receiver.expect("PUBREL " + id);
        }
    }

    @Test
    void aCleanSessionEndsTheKeptOneForGood() throws IOException {
        TestClient.connect(port, "c", false).subscribe(1, 1, "t").disconnect();
        try (var publisher = TestClient.connect(port, "p", true)) {
            publisher.publishAndWait("t", "x", 1);
        }
        TestClient.connect(port, "c", true).disconnect();
        crash();
        try (var fresh = TestClient.raw(port)) {
            fresh.send(TestClient.connectPacket("c", false, 0, null))
                    .expect("CONNACK 0 0")
                    .expectNothing();
        }
    }

    @Test
    void whatTheTapKeepsIsAcknowledgedWhenItsCommitIsDone() throws IOException {
        tap = (publisher, message) -> 1_000_000;
        try (var publisher = TestClient.connect(port, "p", true)) {
            publisher.publish("t", "x", 1, 1).expectNothing();
            broker.committedThrough(999_999);
            publisher.expectNothing();
            broker.committedThrough(1_000_000);
            publisher.expect("PUBACK 1");
        }
    }

    @Test
    void aMessageTheTapRefusesIsNotAcknowledgedAndNobodySeesIt() throws IOException {
        tap = (publisher, message) -> PublishTap.REFUSED;
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, 1, "t");
            publisher.publish("t", "x", 1, 1);
            assertTrue(publisher.isClosedByPeer());
            subscriber.expectNothing();
        }
        Message message =
                new Message(new TopicName("t"), "y".getBytes(StandardCharsets.UTF_8), Qos.AT_LEAST_ONCE, false);
        CompletableFuture<Void> published = broker.publish(PROCESS, message).toCompletableFuture();
        await().until(published::isCompletedExceptionally);
    }

    @Test
    void aPublisherIsHeldBackWhileTooMuchIsOnItsWayToDisk() throws IOException {
        TestClient.connect(port, "sleeper", false).subscribe(1, 1, "t").disconnect();
        String payload = "x".repeat(100_000);
        try (var publisher = TestClient.connect(port, "p", true);
                var other = TestClient.connect(port, "other", true)) {
            store.hold();
            Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 1; i <= 300; i++) {
                        publisher.publish("t", payload, 1, i);
                    }
                } catch (IOException closed) {
                    throw new java.io.UncheckedIOException(closed);
                }
            });
            await().until(() -> store.pending() > 80);
            long before = broker.stats().publishReceived();
            other.expectNothing();
            assertTrue(before < 200, "received " + before);
            store.release();
            publisher.next(300);
        }
    }
}
