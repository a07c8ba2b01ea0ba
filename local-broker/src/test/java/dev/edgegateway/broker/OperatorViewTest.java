package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker tells of its clients and of what it keeps. */
class OperatorViewTest {
    @TempDir
    Path directory;

    private final List<String> failures = new CopyOnWriteArrayList<>();
    private HeldStore store;
    private LocalBroker broker;

    @BeforeEach
    void open() {
        store = new HeldStore(directory.resolve("broker.mv").toString());
        broker = LocalBroker.open(new LocalBroker.Parts(
                BrokerSettings.onPort("127.0.0.1", 0),
                store.maps(),
                PublishTap.NONE,
                Authenticator.ANONYMOUS,
                Authorizer.OPEN,
                new BrokerListener() {
                    @Override
                    public void failed(String listener, String remoteAddress, String why) {
                        failures.add(listener + ": " + why);
                    }
                }));
        store.onCommitted(broker::committedThrough);
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void keep(String topic, String payload) {
        broker.publish(
                        ClientInfo.inProcess("test"),
                        new Message(
                                new TopicName(topic), payload.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, true))
                .toCompletableFuture()
                .join();
    }

    private List<String> topics(String filter, int limit) {
        return broker.retained(new TopicFilter(filter), limit).stream()
                .map(message -> message.topic().value())
                .sorted()
                .toList();
    }

    @Test
    void retainedMessagesOnInternalTopicsAreNeverStored() {
        keep("$SYS/broker/uptime", "7 seconds");
        keep("a/b", "1");

        assertEquals(List.of("$SYS/broker/uptime"), topics("$SYS/#", 10));
        assertEquals(
                List.of("a/b"),
                store.maps().retained().stream().map(m -> m.topic().value()).toList());
    }

    @Test
    void internalMessagesDoNotCountAsPublished() {
        keep("$SYS/broker/uptime", "7 seconds");

        assertEquals(0, broker.stats().publishReceived());
    }

    @Test
    void retainedMessagesAreListedUpToALimitAndCleared() {
        keep("a/1", "x");
        keep("a/2", "yy");
        keep("b", "z");
        assertEquals(3 + 3 + 1 + 4, broker.stats().detail().retainedBytes());

        assertEquals(2, topics("#", 2).size());
        assertEquals(
                2,
                broker.clearRetained(new TopicFilter("a/+"))
                        .toCompletableFuture()
                        .join());
        assertEquals(List.of("b"), topics("#", 10));
        assertEquals(2, broker.stats().detail().retainedBytes());
        assertEquals(1, store.maps().retained().size());
    }

    @Test
    void clearingWaitsUntilItIsOnDisk() {
        keep("a", "x");
        store.hold();
        var cleared = broker.clearRetained(new TopicFilter("a")).toCompletableFuture();
        await().until(() -> store.pending() > 0);
        assertTrue(!cleared.isDone());
        store.release();
        assertEquals(1, cleared.join());
    }

    @Test
    void aClientIsToldOfConnectedAndAway() throws IOException {
        try (var client = TestClient.connect(broker.port("tcp"), "kept", false)) {
            client.subscribe(1, 1, "a", "b");
            client.publish("x", "y", 1, 9).expect("PUBACK 9");

            ClientStatus status = broker.clients().getFirst();
            ClientStatus.Connection connection = status.connection();
            assertNotNull(connection);
            assertEquals("kept", status.clientId());
            assertEquals("tcp", connection.client().listener());
            assertEquals(1, connection.readMessages());
            assertEquals(2, status.subscriptions());
            assertEquals(Map.of(new TopicFilter("a"), 1, new TopicFilter("b"), 1), broker.subscribed(10));
            assertEquals(1, broker.subscribed(1).size());
            assertEquals(2, broker.subscriptions("kept").size());
            client.disconnect();
        }
        await().until(() -> broker.stats().clientsConnected() == 0);
        keep("a", "while away");

        ClientStatus away = broker.clients().getFirst();
        assertNull(away.connection());
        assertTrue(away.persistent());
        assertEquals(List.of(), broker.subscriptions("nobody"));
    }

    @Test
    void packetsOfEveryKindAreCounted() throws IOException {
        try (var client = TestClient.connect(broker.port("tcp"), "c", true)) {
            client.subscribe(1, 1, "a");
            client.publish("a", "12345", 0, 0).expect("PUBLISH a 12345");

            BrokerStats.Detail detail = broker.stats().detail();
            assertEquals(3, detail.packetsReceived(), "CONNECT, SUBSCRIBE, PUBLISH");
            assertEquals(3, detail.packetsSent(), "CONNACK, SUBACK, PUBLISH");
            assertEquals(5, detail.publishBytesReceived());
            assertEquals(5, detail.publishBytesSent());
            assertEquals(1, detail.connects());
            assertEquals(1, detail.connectionsOpened());
        }
        await().until(() -> broker.stats().detail().connections() == 0);
        assertEquals(3, broker.stats().detail().packetsSent());
        assertEquals(1, broker.stats().detail().clientsMaximum());
    }

    @Test
    void aConnectionThatNeverCameToAConnectIsTold() throws IOException {
        try (var client = TestClient.raw(broker.port("tcp"))) {
            client.send(new byte[] {(byte) 0xC0, 0});
            assertTrue(client.isClosedByPeer());
        }
        await().until(() -> failures.size() == 1);
        assertTrue(failures.getFirst().startsWith("tcp: "), failures.getFirst());
    }
}
