package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Packet5.Will5;
import dev.edgegateway.broker.netty.NettyBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What MQTT lets time decide, with and without a restart in between. */
class BrokerTimeTest {
    private static final int EXPIRY = 0x02;
    private static final int SESSION_EXPIRY = 0x11;
    private static final int WILL_DELAY = 0x18;

    @TempDir
    Path directory;

    private final HandClock clock = new HandClock();
    private HeldStore store;
    private LocalBroker broker;
    private int port;

    @BeforeEach
    void open() {
        store = new HeldStore(directory.resolve("broker.mv").toString());
        start();
    }

    private void start() {
        broker = NettyBroker.open(
                new LocalBroker.Parts(
                        BrokerSettings.onPort("127.0.0.1", 0),
                        store.maps(),
                        PublishTap.NONE,
                        Authenticator.ANONYMOUS,
                        Authorizer.OPEN,
                        BrokerListener.NONE),
                clock,
                clock::nanos);
        store.onCommitted(broker::committedThrough);
        port = broker.port("tcp");
    }

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

    private TestClient connect(String clientId, Props props, Will5... will) throws IOException {
        return TestClient.connect5(port, clientId, true, props, will);
    }

    private void assertSession(String clientId, boolean present) throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect(clientId, false, 0, Props.of(SESSION_EXPIRY, 100)));
            String connack = client.next5();
            assertTrue(connack.startsWith(present ? "CONNACK 1" : "CONNACK 0"), connack);
        }
    }

    private static void seconds(HandClock clock, int seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    // ---- messages

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aMessageWaitsNoLongerThanItsExpiryAndGoesOnWithWhatIsLeft(boolean crash) throws IOException {
        connect("sleeper", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.none(), "t", 1)
                .disconnect();
        try (var publisher = connect("p", Props.none())) {
            publisher
                    .send(Packet5.publish("t", "short", 2, 1, Props.of(EXPIRY, 10)))
                    .expect5("PUBACK 1");
            publisher
                    .send(Packet5.publish("t", "long", 2, 2, Props.of(EXPIRY, 60)))
                    .expect5("PUBACK 2");
            publisher.send(Packet5.publish("t", "ever", 2, 3, Props.none())).expect5("PUBACK 3");
        }
        seconds(clock, 25);
        if (crash) {
            crash();
        }
        try (var back = TestClient.raw(port)) {
            back.send(Packet5.connect("sleeper", false, 0, Props.of(SESSION_EXPIRY, 1000)));
            assertTrue(back.next5().startsWith("CONNACK 1"));
            back.expect5("PUBLISH q1 t long {2=35}")
                    .expect5("PUBLISH q1 t ever")
                    .expectNothing();
        }
        assertEquals(1, broker.stats().messagesExpired());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRetainedMessageGoesWhenItsTimeIsOver(boolean crash) throws IOException {
        try (var publisher = connect("p", Props.none())) {
            publisher
                    .send(Packet5.publish("t", "kept", 3, 1, Props.of(EXPIRY, 10)))
                    .expect5("PUBACK 1 10");
        }
        seconds(clock, 4);
        if (crash) {
            crash();
        }
        try (var early = connect("early", Props.none())) {
            early.subscribe5(1, Props.none(), "t", 1).expect5("PUBLISH q1r t kept {2=6}");
        }
        seconds(clock, 7);
        try (var late = connect("late", Props.none())) {
            late.subscribe5(1, Props.none(), "#", 1).expectNothing();
        }
        assertEquals(0, broker.stats().retained());
    }

    @Test
    void aWallClockThatLeapsExpiresNothing() throws IOException {
        connect("sleeper", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.none(), "t", 1)
                .disconnect();
        try (var publisher = connect("p", Props.none())) {
            publisher
                    .send(Packet5.publish("t", "x", 2, 1, Props.of(EXPIRY, 10)))
                    .expect5("PUBACK 1");
        }
        clock.leap(Duration.ofDays(4000));
        try (var back = TestClient.raw(port)) {
            back.send(Packet5.connect("sleeper", false, 0, Props.none()));
            assertTrue(back.next5().startsWith("CONNACK 1"));
            back.expect5("PUBLISH q1 t x {2=10}");
        }
    }

    @Test
    void aWallClockThatFellBackOverARestartProlongsNothingPastTheBeginning() throws IOException {
        connect("sleeper", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.none(), "t", 1)
                .disconnect();
        try (var publisher = connect("p", Props.none())) {
            publisher
                    .send(Packet5.publish("t", "x", 2, 1, Props.of(EXPIRY, 10)))
                    .expect5("PUBACK 1");
        }
        clock.leap(Duration.ofDays(-4000));
        crash();
        seconds(clock, 11);
        try (var back = TestClient.raw(port)) {
            back.send(Packet5.connect("sleeper", false, 0, Props.none()));
            assertTrue(back.next5().startsWith("CONNACK 1"));
            back.expectNothing();
        }
    }

    // ---- sessions

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSessionEndsWhenItsExpiryIsOverAndNotBefore(boolean crash) throws IOException {
        connect("kept", Props.of(SESSION_EXPIRY, 60)).disconnect();
        connect("over", Props.of(SESSION_EXPIRY, 10)).disconnect();
        connect("ever", Props.of(SESSION_EXPIRY, 0xFFFFFFFFL)).disconnect();
        seconds(clock, 11);
        if (crash) {
            crash();
        }
        await().until(() -> broker.stats().sessions() == 2);
        assertEquals(1, broker.stats().sessionsExpired());
        assertSession("kept", true);
        assertSession("over", false);
        seconds(clock, 1_000_000);
        assertSession("ever", true);
    }

    @Test
    void theTimeOfASessionBeginsWhenTheBrokerDiedUnderTheClient() throws IOException {
        var client = connect("c", Props.of(SESSION_EXPIRY, 10));
        seconds(clock, 100);
        crash();
        client.close();
        seconds(clock, 9);
        assertSession("c", true);
    }

    @Test
    void aSessionThatIsToEndWithItsConnectionIsNeverWritten() throws IOException {
        store.hold();
        try (var client = connect("c", Props.none(), new Will5("w", "x", 1, false, Props.of(WILL_DELAY, 5)))) {
            client.send(Packet5.subscribe(1, Props.none(), "t", 2)).expect5("SUBACK 1 02");
            client.send(Packet5.publish("t", "x", 4, 1, Props.none()));
            assertEquals("PUBLISH q2 t x", client.next5());
            client.expect5("PUBREC 1").ack(0x62, 1).expect5("PUBCOMP 1");
            assertEquals(0, store.pending());
        }
        store.release();
    }

    @Test
    void aKeptSessionResumedWithoutExpiryIsForgottenByTheStoreAtOnce() throws IOException {
        connect("c", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.none(), "t", 1)
                .disconnect();
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", false, 0, Props.none()));
            assertTrue(client.next5().startsWith("CONNACK 1"));
            client.send(Packet5.publish("t", "still subscribed", 0, 0, Props.none()))
                    .expect5("PUBLISH q0 t still subscribed");
            crash();
        }
        assertEquals(0, broker.stats().sessions());
    }

    @Test
    void optionsAndIdentifiersOfSubscriptionsSurvive() throws IOException {
        connect("c", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.of(0x0B, 300), "t", 0x08 | 1)
                .subscribe5(2, Props.of(0x0B, 301), "u", 0x04 | 1)
                .disconnect();
        try (var publisher = connect("p", Props.none())) {
            publisher.send(Packet5.publish("t", "before", 3, 1, Props.none().user("k", "v")));
            publisher.expect5("PUBACK 1");
            crash();
        }
        try (var publisher = connect("p", Props.none())) {
            publisher.send(Packet5.publish("t", "after", 2, 1, Props.none())).expect5("PUBACK 1");
        }
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", false, 0, Props.of(SESSION_EXPIRY, 1000)));
            assertTrue(client.next5().startsWith("CONNACK 1"));
            client.expect5("PUBLISH q1r t before {11=300, 38=k:v}").expect5("PUBLISH q1 t after {11=300}");
            client.send(Packet5.publish("u", "own", 0, 0, Props.none())).expectNothing();
        }
    }

    // ---- Wills

    @Test
    void aDelayedWillWaitsForItsTime() throws IOException {
        try (var watcher = connect("watcher", Props.none())) {
            watcher.subscribe5(1, Props.none(), "will", 1);
            connect("c", Props.of(SESSION_EXPIRY, 100), will(10)).drop();
            await().until(() -> broker.stats().clientsConnected() == 1);
            seconds(clock, 9);
            watcher.expectNothing();
            seconds(clock, 2);
            watcher.expect5("PUBLISH q1 will gone");
        }
    }

    @Test
    void aWillIsNotPublishedWhenItsClientComesBackInTime() throws IOException {
        try (var watcher = connect("watcher", Props.none())) {
            watcher.subscribe5(1, Props.none(), "will", 1);
            connect("c", Props.of(SESSION_EXPIRY, 100), will(10)).drop();
            await().until(() -> broker.stats().clientsConnected() == 1);
            assertSession("c", true);
            await().until(() -> broker.stats().clientsConnected() == 1);
            seconds(clock, 50);
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            watcher.expectNothing();
        }
    }

    @Test
    void aDelayedWillIsPublishedAtTheLatestWhenTheSessionEnds() throws IOException {
        try (var watcher = connect("watcher", Props.none())) {
            watcher.subscribe5(1, Props.none(), "will", 1);
            connect("expires", Props.of(SESSION_EXPIRY, 5), will(1000)).drop();
            await().until(() -> broker.stats().clientsConnected() == 1);
            seconds(clock, 6);
            watcher.expect5("PUBLISH q1 will gone");
            connect("replaced", Props.of(SESSION_EXPIRY, 500), will(1000)).drop();
            await().until(() -> broker.stats().clientsConnected() == 1);
            connect("replaced", Props.none()).disconnect();
            watcher.expect5("PUBLISH q1 will gone");
            connect("short", Props.none(), will(1000)).drop();
            watcher.expect5("PUBLISH q1 will gone");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWillSurvivesTheBrokerWhetherItsClientWasConnectedOrNot(boolean connected) throws IOException {
        connect("watcher", Props.of(SESSION_EXPIRY, 1000))
                .subscribe5(1, Props.none(), "will", 1)
                .disconnect();
        var client = connect("c", Props.of(SESSION_EXPIRY, 100), will(10));
        if (!connected) {
            client.drop();
            await().until(() -> broker.stats().clientsConnected() == 0);
        }
        crash();
        client.close();
        seconds(clock, 11);
        try (var watcher = TestClient.raw(port)) {
            watcher.send(Packet5.connect("watcher", false, 0, Props.none()));
            assertTrue(watcher.next5().startsWith("CONNACK 1"));
            watcher.expect5("PUBLISH q1 will gone").expectNothing();
        }
    }

    @Test
    void theExpiryOfAWillBeginsWhenItIsPublished() throws IOException {
        try (var watcher = connect("watcher", Props.none())) {
            watcher.subscribe5(1, Props.none(), "will", 1);
            Will5 will =
                    new Will5("will", "gone", 1, false, Props.of(WILL_DELAY, 10).with(EXPIRY, 5));
            connect("c", Props.of(SESSION_EXPIRY, 100), will).drop();
            await().until(() -> broker.stats().clientsConnected() == 1);
            seconds(clock, 11);
            watcher.expect5("PUBLISH q1 will gone {2=5}");
        }
    }

    private static Will5 will(int delay) {
        return new Will5("will", "gone", 1, false, Props.of(WILL_DELAY, delay));
    }

    // ---- silence

    @Test
    void whoIsSilentForOneAndAHalfKeepAlivesIsToldSo() throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", true, 10, Props.none()));
            client.next();
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            seconds(clock, 14);
            client.expectNothing();
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            seconds(clock, 16);
            client.expect5("DISCONNECT 8D");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void whoNeverSaysConnectIsClosedWithoutAWord() throws IOException {
        try (var client = TestClient.raw(port)) {
            await().pollDelay(Duration.ofMillis(600)).until(() -> true);
            seconds(clock, 21);
            assertTrue(client.isClosedByPeer());
        }
    }
}
