package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code $share/group/filter}: each message to one member (MQTT 5.0 section 4.8.2). */
class SharedSubscriptionTest {
    private static final int SESSION_EXPIRY = 0x11;

    private LocalBroker broker;
    private int port;
    private TestClient publisher;
    private int packetId;

    @BeforeEach
    void open() throws IOException {
        broker = LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)));
        port = broker.port("tcp");
        publisher = TestClient.connect5(port, "publisher", true, Props.none());
    }

    @AfterEach
    void close() throws IOException {
        publisher.close();
        broker.close();
    }

    private TestClient member(String clientId, String filter, int qos) throws IOException {
        return TestClient.connect5(port, clientId, true, Props.none()).subscribe5(1, Props.none(), filter, qos);
    }

    private TestClient keptMember(String clientId, String filter, int qos) throws IOException {
        return TestClient.connect5(port, clientId, true, Props.of(SESSION_EXPIRY, 100))
                .subscribe5(1, Props.none(), filter, qos);
    }

    private void publish(String payload, int qos) throws IOException {
        int id = ++packetId;
        publisher.send(Packet5.publish("t", payload, qos << 1, id, Props.none()));
        if (qos == 1) {
            publisher.expect5("PUBACK " + id);
        } else if (qos == 2) {
            publisher.expect5("PUBREC " + id).ack(0x62, id).expect5("PUBCOMP " + id);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void eachMessageGoesToOneMemberInTurn(int qos) throws IOException {
        try (var a = member("a", "$share/g/t", qos);
                var b = member("b", "$share/g/t", qos);
                var c = member("c", "$share/g/t", qos)) {
            for (int i = 0; i < 9; i++) {
                publish("m" + i, qos);
            }
            int at = 0;
            for (TestClient member : List.of(a, b, c)) {
                for (int i = at++; i < 9; i += 3) {
                    member.expect5("PUBLISH q" + qos + " t m" + i);
                }
                member.expectNothing();
            }
        }
    }

    @Test
    void groupsAndPlainSubscriptionsEachGetTheirOwn() throws IOException {
        try (var one = member("one", "$share/g/#", 0);
                var two = member("two", "$share/h/+", 0);
                var both = member("both", "$share/g2/t", 0)) {
            both.subscribe5(2, Props.of(0x0B, 5), "t", 0);
            publish("x", 0);
            one.expect5("PUBLISH q0 t x").expectNothing();
            two.expect5("PUBLISH q0 t x").expectNothing();
            assertEquals(
                    Set.of("PUBLISH q0 t x", "PUBLISH q0 t x {11=5}"),
                    new TreeSet<>(List.of(both.next5(), both.next5())));
            both.expectNothing();
        }
    }

    @Test
    void retainedMessagesAreNotSentToAShare() throws IOException {
        publisher.send(Packet5.publish("t", "kept", 3, 1, Props.none())).expect5("PUBACK 1 10");
        try (var a = member("a", "$share/g/t", 1)) {
            a.expectNothing();
        }
    }

    @Test
    void aMemberThatIsAwayGetsNothingWhileAnotherIsThere() throws IOException {
        keptMember("away", "$share/g/t", 1).disconnect();
        try (var here = member("here", "$share/g/t", 1)) {
            for (int i = 0; i < 4; i++) {
                publish("m" + i, 1);
                TestClient.Packet packet = here.next();
                assertEquals("PUBLISH q1 t m" + i, Packet5.words(packet));
                here.ack(0x40, packet.packetId());
            }
        }
        await().until(() -> broker.stats().clientsConnected() == 1);
        publish("for the one away", 1);
        try (var back = TestClient.raw(port)) {
            back.send(Packet5.connect("away", false, 0, Props.none()));
            back.next();
            back.expect5("PUBLISH q1 t for the one away").expectNothing();
        }
    }

    @Test
    void whatALeavingMemberHasNotAcknowledgedGoesToAnother() throws IOException {
        var leaving = member("leaving", "$share/g/t", 1);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            publish("m" + i, 1);
            sent.add("PUBLISH q1 t m" + i);
        }
        leaving.next(100);
        try (var staying = member("staying", "$share/g/t", 1)) {
            staying.expectNothing();
            leaving.drop();
            List<String> came = new ArrayList<>();
            for (int i = 0; i < 150; i++) {
                TestClient.Packet packet = staying.next();
                staying.ack(0x40, packet.packetId());
                came.add(Packet5.words(packet));
            }
            assertEquals(sent, came);
            staying.expectNothing();
        }
    }

    @Test
    void qos2InFlightStaysWithItsMemberAndWhatWasNotSentMoves() throws IOException {
        try (var other = keptMember("other", "$share/g/t", 2)) {
            var leaving = TestClient.connect5(
                            port, "leaving", true, Props.of(SESSION_EXPIRY, 100).with(0x21, 1))
                    .subscribe5(1, Props.none(), "$share/g/t", 2);
            publish("1", 2);
            publish("2", 2);
            other.expect5("PUBLISH q2 t 1");
            leaving.expect5("PUBLISH q2 t 2");
            leaving.drop();
            await().until(() -> broker.stats().clientsConnected() == 2);
            other.expectNothing();
            try (var back = TestClient.raw(port)) {
                back.send(Packet5.connect("leaving", false, 0, Props.none()));
                back.next();
                back.expect5("PUBLISH q2d t 2").expectNothing();
            }
        }
    }

    @Test
    void whoUnsubscribesLeavesTheGroup() throws IOException {
        try (var a = member("a", "$share/g/t", 0);
                var b = member("b", "$share/g/t", 0)) {
            a.send(Packet5.unsubscribe(2, "$share/g/t")).expect5("UNSUBACK 2 00");
            publish("1", 0);
            publish("2", 0);
            b.expect5("PUBLISH q0 t 1").expect5("PUBLISH q0 t 2");
            a.expectNothing();
            assertEquals(1, broker.stats().subscriptions());
        }
    }

    @Test
    void aRefusedMessageIsNotGivenToAnother() throws IOException {
        try (var a = member("a", "$share/g/t", 1);
                var b = member("b", "$share/g/t", 1)) {
            publish("1", 1);
            TestClient.Packet packet = a.next();
            int id = packet.packetId();
            a.send(new byte[] {0x40, 3, (byte) (id >> 8), (byte) id, (byte) 0x80})
                    .expectNothing();
            b.expectNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share//t", "$share/g/", "$share/g", "$share/+/t", "$share/#"})
    void aShareWithoutGroupOrFilterIsMalformed(String filter) throws IOException {
        try (var client = TestClient.connect5(port, "c", true, Props.none())) {
            client.send(Packet5.subscribe(1, Props.none(), filter, 0)).expect5("DISCONNECT 81");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void noLocalOnAShareIsAProtocolError() throws IOException {
        try (var client = TestClient.connect5(port, "c", true, Props.none())) {
            client.send(Packet5.subscribe(1, Props.none(), "$share/g/t", 4)).expect5("DISCONNECT 82");
        }
    }
}
