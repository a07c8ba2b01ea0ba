package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Packet5.Will5;
import dev.edgegateway.broker.netty.NettyBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Single statements of the standard that no other test would miss. */
class MqttStatementsTest {
    private static final int SESSION_EXPIRY = 0x11;

    private final HandClock clock = new HandClock();
    private LocalBroker broker;
    private int port;

    @BeforeEach
    void open() {
        var parts = LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0));
        broker = NettyBroker.open(parts, clock, clock::nanos);
        port = broker.port("tcp");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private TestClient connect(String clientId, Props props, Will5... will) throws IOException {
        return TestClient.connect5(port, clientId, true, props, will);
    }

    private TestClient connect(String clientId) throws IOException {
        return connect(clientId, Props.none());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aWillIsRetainedIfItsFlagSaysSo(boolean retain) throws IOException {
        try (var watcher = connect("watcher")) {
            watcher.subscribe5(1, Props.none(), "will", 0);
            Props props = Props.none().user("b", "1").user("a", "2").user("b", "3");
            connect("c", Props.none(), new Will5("will", "gone", 0, retain, props))
                    .drop();
            watcher.expect5("PUBLISH q0 will gone {38=b:1, 38=a:2, 38=b:3}");
        }
        try (var late = connect("late")) {
            late.subscribe5(1, Props.none(), "will", 0);
            if (retain) {
                late.expect5("PUBLISH q0r will gone {38=b:1, 38=a:2, 38=b:3}");
            }
            late.expectNothing();
        }
    }

    @Test
    void dupIsNotPassedOn() throws IOException {
        try (var subscriber = TestClient.connect(port, "s", true);
                var publisher = TestClient.connect(port, "p", true)) {
            subscriber.subscribe(1, 1, "t");
            publisher.send(TestClient.publishPacket("t", "x", 1, false, true, 1));
            assertFalse(subscriber.next().dup());
        }
    }

    @Test
    void aRetainedMessageIsReplacedByALaterOneOfAnyLevelAndByNoOther() throws IOException {
        try (var publisher = connect("p")) {
            publisher.send(Packet5.publish("t", "first", 3, 1, Props.none())).expect5("PUBACK 1 10");
            publisher.send(Packet5.publish("t", "second", 1, 0, Props.none()));
            publisher.send(Packet5.publish("t", "not kept", 2, 2, Props.none())).expect5("PUBACK 2 10");
            publisher.send(Packet5.publish("t", "", 2, 3, Props.none())).expect5("PUBACK 3 10");
            publisher
                    .subscribe5(4, Props.none(), "t", 2)
                    .expect5("PUBLISH q0r t second")
                    .expectNothing();
        }
    }

    @Test
    void whatWasBegunIsCompletedAfterUnsubscribe() throws IOException {
        try (var subscriber = connect("s");
                var publisher = connect("p")) {
            subscriber.subscribe5(1, Props.none(), "t", 2);
            publisher.send(Packet5.publish("t", "x", 4, 1, Props.none())).expect5("PUBREC 1");
            int id = subscriber.next().packetId();
            subscriber.send(Packet5.unsubscribe(2, "t")).expect5("UNSUBACK 2 00");
            subscriber.ack(0x50, id).expect5("PUBREL " + id).ack(0x70, id).expectNothing();
        }
    }

    @Test
    void nothingIsProcessedAfterARefusedConnect() throws IOException {
        try (var watcher = connect("watcher")) {
            watcher.subscribe5(1, Props.none(), "#", 0);
            for (boolean five : new boolean[] {false, true}) {
                try (var refused = TestClient.raw(port)) {
                    byte[] connect = five
                            ? Packet5.connect("$refused", true, 0, Props.none())
                            : TestClient.connectPacket("$refused", true, 0, null);
                    byte[] publish = five
                            ? Packet5.publish("t", "x", 0, 0, Props.none())
                            : TestClient.publishPacket("t", "x", 0, false, false, 0);
                    var both = new ByteArrayOutputStream();
                    both.writeBytes(connect);
                    both.writeBytes(publish);
                    refused.send(both.toByteArray());
                    assertTrue(refused.isClosedByPeer());
                }
            }
            watcher.expectNothing();
        }
    }

    @Test
    void aMalformedConnectOf311GetsNoConnack() throws IOException {
        byte[] connect = TestClient.connectPacket("c", true, 0, null);
        connect[9] |= 1; // the reserved connect flag
        try (var client = TestClient.raw(port)) {
            client.send(connect).expectEnd();
        }
        assertEquals(1, broker.stats().refused().violations());
    }

    @Test
    void topicsAreComparedAsTheyAreWritten() throws IOException {
        String composed = "caf\u00e9";
        String decomposed = "cafe\u0301";
        try (var client = connect("c")) {
            client.subscribe5(1, Props.none(), composed, 0);
            client.send(Packet5.publish(decomposed, "other", 0, 0, Props.none()));
            client.send(Packet5.publish(composed.toUpperCase(Locale.ROOT), "other", 0, 0, Props.none()));
            client.send(Packet5.publish(composed + "/", "other", 0, 0, Props.none()));
            client.send(Packet5.publish(composed, "same", 0, 0, Props.none()));
            client.expect5("PUBLISH q0 " + composed + " same").expectNothing();
        }
    }

    @Test
    void theLongestTopicComesThrough() throws IOException {
        String topic = "x".repeat(65535);
        try (var client = connect("c")) {
            client.subscribe5(1, Props.none(), topic, 1);
            client.send(Packet5.publish(topic, "x", 0, 0, Props.none()));
            assertEquals(topic, client.next().topic());
        }
    }

    @Test
    void topicAliasesEndWithTheirConnection() throws IOException {
        try (var first = connect("c", Props.of(0x22, 5).with(SESSION_EXPIRY, 100))) {
            first.subscribe5(1, Props.none(), "t", 0);
            first.send(Packet5.publish("t", "x", 0, 0, Props.of(0x23, 1))).expect5("PUBLISH q0 t x {35=1}");
            first.disconnect();
        }
        try (var again = TestClient.raw(port)) {
            again.send(Packet5.connect("c", false, 0, Props.none()));
            assertTrue(again.next5().startsWith("CONNACK 1"));
            again.send(Packet5.publish("t", "y", 0, 0, Props.none())).expect5("PUBLISH q0 t y");
            again.send(Packet5.publish("", "z", 0, 0, Props.of(0x23, 1))).expect5("DISCONNECT 82");
        }
    }

    @Test
    void expiryDoesNotTouchWhatWasSent() throws IOException {
        try (var subscriber = connect("s", Props.of(SESSION_EXPIRY, 1000));
                var publisher = connect("p")) {
            subscriber.subscribe5(1, Props.none(), "t", 2);
            publisher.send(Packet5.publish("t", "x", 4, 1, Props.of(0x02, 10))).expect5("PUBREC 1");
            assertEquals("PUBLISH q2 t x {2=10}", subscriber.next5());
            subscriber.drop();
        }
        await().until(() -> broker.stats().clientsConnected() == 0);
        clock.advance(Duration.ofSeconds(60));
        try (var back = TestClient.raw(port)) {
            back.send(Packet5.connect("s", false, 0, Props.of(SESSION_EXPIRY, 1000)));
            assertTrue(back.next5().startsWith("CONNACK 1"));
            TestClient.Packet again = back.next();
            assertEquals("PUBLISH q2d t x {2=0}", Packet5.words(again));
            int id = again.packetId();
            back.ack(0x50, id).expect5("PUBREL " + id);
        }
    }

    @Test
    void membersOfAShareEachGetTheQosTheyWereGranted() throws IOException {
        try (var zero = connect("zero");
                var one = connect("one");
                var publisher = connect("p")) {
            zero.subscribe5(1, Props.none(), "$share/g/t", 0);
            one.subscribe5(1, Props.none(), "$share/g/t", 1);
            for (int i = 1; i <= 2; i++) {
                publisher.send(Packet5.publish("t", "x", 2, i, Props.none())).expect5("PUBACK " + i);
            }
            zero.expect5("PUBLISH q0 t x").expectNothing();
            one.expect5("PUBLISH q1 t x").expectNothing();
        }
    }

    @Test
    void qos2InFlightIsGivenToNobodyElseWhenItsSessionEnds() throws IOException {
        try (var other = connect("other", Props.of(0x21, 1));
                var publisher = connect("p")) {
            other.subscribe5(1, Props.none(), "$share/g/t", 2);
            var leaving = connect("leaving");
            leaving.subscribe5(1, Props.none(), "$share/g/t", 2);
            for (int i = 1; i <= 2; i++) {
                publisher
                        .send(Packet5.publish("t", "m" + i, 4, i, Props.none()))
                        .expect5("PUBREC " + i);
            }
            other.expect5("PUBLISH q2 t m1");
            leaving.expect5("PUBLISH q2 t m2");
            leaving.drop();
            await().until(() -> broker.stats().clientsConnected() == 2);
            other.expectNothing();
        }
    }

    @Test
    void noAnswerIsLargerThanTheClientTakes() throws IOException {
        try (var small = connect("small", Props.of(0x27, 20))) {
            small.send(Packet5.subscribe(1, Props.none(), "a", 0)).expect5("SUBACK 1 00");
            Object[] many = new Object[40];
            String[] filters = new String[20];
            for (int i = 0; i < 20; i++) {
                many[2 * i] = "f" + i;
                many[2 * i + 1] = 0;
                filters[i] = "f" + i;
            }
            small.send(Packet5.subscribe(2, Props.none(), many)).expectNothing();
            small.send(Packet5.unsubscribe(3, filters)).expectNothing();
            small.send(Packet5.publish("a/+", "x", 0, 0, Props.none()));
            TestClient.Packet disconnect = small.next();
            assertEquals(List.of(14, 1), List.of(disconnect.type(), disconnect.body().length));
        }
        try (var tiny = TestClient.raw(port)) {
            tiny.send(Packet5.connect("tiny", true, 0, Props.of(0x27, 10))).expectEnd();
        }
        await().until(() -> broker.stats().clientsConnected() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8100", "808080 8001", "ff ff ff ff 7f"})
    void aPropertyLengthThatIsTooLongIsMalformed(String length) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(length.replace(" ", ""));
        var body = new ByteArrayOutputStream();
        Props.string(body, "t");
        body.writeBytes(bytes);
        body.writeBytes(new byte[200]);
        try (var client = connect("c")) {
            client.send(TestClient.packet(0x30, body.toByteArray())).expect5("DISCONNECT 81");
        }
    }
}
