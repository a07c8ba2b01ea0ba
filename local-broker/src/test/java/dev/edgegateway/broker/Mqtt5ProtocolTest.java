package dev.edgegateway.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Packet5.Will5;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT 5.0 over real sockets, packet by packet. */
class Mqtt5ProtocolTest {
    private static final int EXPIRY = 0x02;
    private static final int SESSION_EXPIRY = 0x11;
    private static final int RECEIVE_MAXIMUM = 0x21;
    private static final int ALIAS_MAXIMUM = 0x22;
    private static final int ALIAS = 0x23;
    private static final int PACKET_SIZE = 0x27;
    private static final int IDENTIFIER = 0x0B;

    private LocalBroker broker;
    private int port;
    private PublishTap tap = PublishTap.NONE;
    private Authorizer authorizer = Authorizer.OPEN;

    @BeforeEach
    void open() {
        start(BrokerSettings.onPort("127.0.0.1", 0));
    }

    private void start(BrokerSettings settings) {
        broker = LocalBroker.open(new LocalBroker.Parts(
                settings,
                BrokerStore.NONE,
                (publisher, message) -> tap.onPublish(publisher, message),
                Authenticator.ANONYMOUS,
                new Authorizer() {
                    @Override
                    public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
                        return authorizer.onPublish(client, topic, message);
                    }

                    @Override
                    public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
                        return authorizer.onSubscribe(client, filters);
                    }

                    @Override
                    public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
                        return authorizer.onUnsubscribe(client, filters);
                    }
                },
                BrokerListener.NONE));
        port = broker.port("tcp");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private void restart(BrokerSettings settings) {
        broker.close();
        start(settings);
    }

    private TestClient connect(String clientId) throws IOException {
        return TestClient.connect5(port, clientId, true, Props.none());
    }

    private TestClient connect(String clientId, Props props) throws IOException {
        return TestClient.connect5(port, clientId, true, props);
    }

    // ---- CONNECT and CONNACK

    @Test
    void connackSaysWhatTheBrokerGrants() throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", true, 0, Props.none()));
            client.expect5("CONNACK 0 00 {33=1000, 39=196623, 34=64}");
        }
    }

    @Test
    void aClientWithoutANameIsToldTheOneItGot() throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("", false, 0, Props.none()));
            String connack = client.next5();
            assertTrue(connack.matches("CONNACK 0 00 \\{.*18=auto-.+}"), connack);
        }
    }

    @Test
    void theBrokersKeepAliveAndSessionExpiryReplaceLongerOnes() throws IOException {
        var limits = new BrokerSettings.Limits(10, 0, 0, 200, 60, 3600, Long.MAX_VALUE);
        restart(BrokerSettings.onPort("127.0.0.1", 0).withLimits(limits));
        try (var longer = TestClient.raw(port);
                var shorter = TestClient.raw(port)) {
            longer.send(Packet5.connect("longer", true, 61, Props.of(SESSION_EXPIRY, 0xFFFFFFFFL)));
            longer.expect5("CONNACK 0 00 {17=3600, 33=10, 39=196623, 19=60}");
            shorter.send(Packet5.connect("shorter", true, 60, Props.of(SESSION_EXPIRY, 3600)));
            shorter.expect5("CONNACK 0 00 {33=10, 39=196623}");
        }
    }

    @Test
    void whereNothingIsRetainedThatIsSaidAndHeldTo() throws IOException {
        restart(BrokerSettings.onPort("127.0.0.1", 0).withKeepRetained(false));
        try (var client = TestClient.raw(port);
                var willing = TestClient.raw(port)) {
            client.send(Packet5.connect("c", true, 0, Props.none()));
            client.expect5("CONNACK 0 00 {33=1000, 37=0, 39=196623, 34=64}");
            client.send(Packet5.publish("t", "x", 1, 0, Props.none())).expect5("DISCONNECT 9A");
            assertTrue(client.isClosedByPeer());
            willing.send(Packet5.connect("w", true, 0, Props.none(), new Will5("t", "x", 0, true, Props.none())));
            willing.expect5("CONNACK 0 9A");
        }
    }

    @Test
    void anAuthenticationMethodIsRefused() throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", true, 0, Props.none().with(0x15, "SCRAM-SHA-1")));
            client.expect5("CONNACK 0 8C");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void anAuthPacketWithoutSuchAnAgreementIsAProtocolError() throws IOException {
        try (var client = connect("c")) {
            client.send(new byte[] {(byte) 0xF0, 2, 0x18, 0});
            client.expect5("DISCONNECT 82");
            assertTrue(client.isClosedByPeer());
        }
    }

    @ParameterizedTest
    @CsvSource({"MQTT, 6, 0 84", "MQTT, 3, 0 1", "MQTT, 0, 0 1", "MQIsdp, 4, 0 1", "MQTT, 131, 0 1"})
    void anUnknownLevelIsAnsweredInAFormItsClientMayKnow(String name, int level, String connack) throws IOException {
        var body = new ByteArrayOutputStream();
        Props.string(body, name);
        body.write(level);
        body.write(2);
        body.write(0);
        body.write(0);
        body.write(0);
        body.write(0);
        try (var client = TestClient.raw(port)) {
            client.send(TestClient.packet(0x10, body.toByteArray()));
            TestClient.Packet answer = client.next();
            String words = answer.body()[0] + " " + Integer.toHexString(answer.body()[1] & 255);
            assertEquals(connack, words);
            assertEquals(connack.endsWith("84") ? 3 : 2, answer.body().length);
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aMalformedConnectOf5IsToldSo() throws IOException {
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("c", true, 0, Props.of(RECEIVE_MAXIMUM, 0)));
            client.expect5("CONNACK 0 82");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void theOneConnectedBeforeIsToldItWasTakenOver() throws IOException {
        try (var first = connect("same");
                var second = connect("same")) {
            first.expect5("DISCONNECT 8E");
            assertTrue(first.isClosedByPeer());
            second.expectNothing();
        }
    }

    @Test
    void whoStaysConnectedIsToldOfTheShutdown() throws IOException {
        try (var client = connect("c")) {
            broker.close();
            client.expect5("DISCONNECT 8B");
        }
    }

    @Test
    void aKickedClientIsToldWhy() throws IOException {
        try (var client = connect("c")) {
            broker.disconnect("c", DisconnectReason.KICKED);
            client.expect5("DISCONNECT 98");
        }
    }

    // ---- sessions

    @Test
    void aSessionWithExpiryIsResumedAndOneWithoutIsNot() throws IOException {
        connect("kept", Props.of(SESSION_EXPIRY, 100)).disconnect();
        connect("lost").disconnect();
        for (String id : List.of("kept", "lost")) {
            try (var client = TestClient.raw(port)) {
                client.send(Packet5.connect(id, false, 0, Props.none()));
                String connack = client.next5();
                assertTrue(connack.startsWith(id.equals("kept") ? "CONNACK 1 00" : "CONNACK 0 00"), connack);
            }
        }
    }

    @Test
    void disconnectCanEndTheSessionOrProlongItButNotGiveItLifeAfterTheFact() throws IOException {
        var ends = connect("ends", Props.of(SESSION_EXPIRY, 100));
        ends.send(Packet5.disconnect(0, Props.of(SESSION_EXPIRY, 0)));
        assertTrue(ends.isClosedByPeer());
        try (var client = TestClient.raw(port)) {
            client.send(Packet5.connect("ends", false, 0, Props.none()));
            assertTrue(client.next5().startsWith("CONNACK 0 00"));
            client.send(Packet5.disconnect(0, Props.of(SESSION_EXPIRY, 5))).expect5("DISCONNECT 82");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "4, 1"})
    void disconnectWithWillMessagePublishesIt(int reason, int wills) throws IOException {
        try (var watcher = connect("watcher")) {
            watcher.subscribe5(1, Props.none(), "will", 0);
            Will5 will = new Will5("will", "gone", 0, false, Props.none().user("a", "b"));
            var client = TestClient.connect5(port, "c", true, Props.none(), will);
            client.send(Packet5.disconnect(reason, Props.none()));
            assertTrue(client.isClosedByPeer());
            if (wills == 1) {
                watcher.expect5("PUBLISH q0 will gone {38=a:b}");
            }
            watcher.expectNothing();
        }
    }

    // ---- properties of messages

    @Test
    void whatAPublisherSaysTravelsUnalteredAndInOrder() throws IOException {
        try (var subscriber = connect("s");
                var old = TestClient.connect(port, "old", true);
                var publisher = connect("p")) {
            subscriber.subscribe5(1, Props.none(), "t", 1);
            old.subscribe(1, 1, "t");
            Props props = Props.of(0x01, 1)
                    .user("b", "1")
                    .with(0x03, "text/plain")
                    .with(0x08, "reply/to")
                    .user("a", "2")
                    .with(0x09, "corr")
                    .user("b", "3");
            publisher.send(Packet5.publish("t", "x", 2, 9, props)).expect5("PUBACK 9");
            subscriber.expect5("PUBLISH q1 t x {1=1, 3=text/plain, 8=reply/to, 9=corr, 38=b:1, 38=a:2, 38=b:3}");
            old.expect("PUBLISH t x");
        }
    }

    @Test
    void nobodyToHearIsSaidInPubackAndPubrec() throws IOException {
        try (var publisher = connect("p")) {
            publisher.send(Packet5.publish("t", "x", 2, 1, Props.none())).expect5("PUBACK 1 10");
            publisher.send(Packet5.publish("t", "x", 4, 2, Props.none())).expect5("PUBREC 2 10");
            publisher.ack(0x62, 2).expect5("PUBCOMP 2");
            publisher.ack(0x62, 2).expect5("PUBCOMP 2 92");
            publisher.ack(0x50, 77).expect5("PUBREL 77 92");
        }
    }

    @Test
    void aMessageTheTapRefusesIsToldAndTheConnectionStays() throws IOException {
        tap = (publisher, message) -> PublishTap.REFUSED;
        try (var publisher = connect("p")) {
            publisher.send(Packet5.publish("t", "x", 2, 1, Props.none())).expect5("PUBACK 1 97");
            publisher.send(Packet5.publish("t", "x", 4, 2, Props.none())).expect5("PUBREC 2 97");
            tap = PublishTap.NONE;
            publisher.send(Packet5.publish("t", "x", 4, 2, Props.none())).expect5("PUBREC 2 10");
        }
    }

    @Test
    void whatIsNotAuthorizedIsToldPacketByPacket() throws IOException {
        authorizer = new Authorizer() {
            @Override
            public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
                return PublishVerdict.IGNORE;
            }

            @Override
            public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
                assertEquals(List.of(new TopicFilter("a"), new TopicFilter("b")), filters);
                return List.of(SubscribeVerdict.REFUSE, SubscribeVerdict.GRANT);
            }

            @Override
            public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
                return false;
            }
        };
        try (var client = connect("c")) {
            client.send(Packet5.publish("t", "x", 2, 1, Props.none())).expect5("PUBACK 1 87");
            client.send(Packet5.subscribe(2, Props.none(), "a", 0, "$share/g/b", 2))
                    .expect5("SUBACK 2 87 02");
            client.send(Packet5.unsubscribe(3, "a")).expect5("UNSUBACK 3 87");
        }
    }

    // ---- subscriptions

    @Test
    void subackAndUnsubackHaveACodeForEachFilter() throws IOException {
        try (var client = connect("c")) {
            client.send(Packet5.subscribe(1, Props.none(), "a", 0, "b", 1, "a", 2))
                    .expect5("SUBACK 1 00 01 02");
            client.send(Packet5.unsubscribe(2, "a", "c", "a")).expect5("UNSUBACK 2 00 11 11");
        }
    }

    @Test
    void noLocalKeepsAClientsOwnMessagesFromItAndFromNobodyElse() throws IOException {
        try (var client = connect("c");
                var other = connect("o")) {
            client.subscribe5(1, Props.none(), "t", 4);
            other.subscribe5(1, Props.none(), "t", 4);
            client.send(Packet5.publish("t", "mine", 0, 0, Props.none())).expectNothing();
            other.expect5("PUBLISH q0 t mine");
            other.send(Packet5.publish("t", "theirs", 0, 0, Props.none())).expectNothing();
            client.expect5("PUBLISH q0 t theirs");
        }
    }

    @Test
    void retainAsPublishedKeepsTheFlag() throws IOException {
        try (var asPublished = connect("a");
                var plain = connect("b");
                var publisher = connect("p")) {
            asPublished.subscribe5(1, Props.none(), "t", 8);
            plain.subscribe5(1, Props.none(), "t", 0);
            publisher.send(Packet5.publish("t", "kept", 1, 0, Props.none()));
            publisher.send(Packet5.publish("t", "live", 0, 0, Props.none()));
            asPublished.expect5("PUBLISH q0r t kept").expect5("PUBLISH q0 t live");
            plain.expect5("PUBLISH q0 t kept").expect5("PUBLISH q0 t live");
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "1, 1", "2, 0"})
    void retainHandlingDecidesWhatASubscribeBrings(int handling, int times) throws IOException {
        try (var publisher = connect("p");
                var client = connect("c")) {
            publisher.send(Packet5.publish("t", "kept", 3, 1, Props.none())).expect5("PUBACK 1 10");
            client.subscribe5(1, Props.none(), "t", handling << 4);
            if (times > 0) {
                client.expect5("PUBLISH q0r t kept");
            }
            client.subscribe5(2, Props.none(), "t", handling << 4);
            if (times > 1) {
                client.expect5("PUBLISH q0r t kept");
            }
            client.expectNothing();
        }
    }

    @Test
    void identifiersOfAllMatchingSubscriptionsComeAlong() throws IOException {
        try (var client = connect("c");
                var publisher = connect("p")) {
            client.subscribe5(1, Props.of(IDENTIFIER, 1), "a/+", 0);
            client.subscribe5(2, Props.of(IDENTIFIER, 268435455), "a/#", 1);
            client.subscribe5(3, Props.none(), "a/b", 0);
            publisher.send(Packet5.publish("a/b", "x", 2, 1, Props.none())).expect5("PUBACK 1");
            String came = client.next5();
            assertTrue(
                    came.equals("PUBLISH q1 a/b x {11=1, 11=268435455}")
                            || came.equals("PUBLISH q1 a/b x {11=268435455, 11=1}"),
                    came);
            client.expectNothing();
        }
    }

    @Test
    void aRetainedMessageComesWithTheIdentifierOfTheSubscriptionThatBroughtIt() throws IOException {
        try (var client = connect("c");
                var publisher = connect("p")) {
            publisher.send(Packet5.publish("t", "kept", 3, 1, Props.none())).expect5("PUBACK 1 10");
            client.subscribe5(1, Props.of(IDENTIFIER, 7), "t", 1).expect5("PUBLISH q1r t kept {11=7}");
        }
    }

    // ---- flow control, sizes, aliases

    @Test
    void noMoreThanTheClientsReceiveMaximumIsInFlight() throws IOException {
        try (var client = connect("c", Props.of(RECEIVE_MAXIMUM, 2).with(SESSION_EXPIRY, 100));
                var publisher = connect("p")) {
            client.subscribe5(1, Props.none(), "t", 2);
            for (int i = 1; i <= 4; i++) {
                publisher
                        .send(Packet5.publish("t", "m" + i, 2, i, Props.none()))
                        .expect5("PUBACK " + i);
            }
            TestClient.Packet first = client.next();
            client.expect5("PUBLISH q1 t m2").expectNothing();
            client.ack(0x40, first.packetId()).expect5("PUBLISH q1 t m3").expectNothing();
            client.drop();
        }
        try (var back = TestClient.raw(port)) {
            back.send(
                    Packet5.connect("c", false, 0, Props.of(RECEIVE_MAXIMUM, 1).with(SESSION_EXPIRY, 100)));
            assertTrue(back.next5().startsWith("CONNACK 1"));
            TestClient.Packet second = back.next();
            assertEquals("PUBLISH q1d t m2", Packet5.words(second));
            back.expectNothing().ack(0x40, second.packetId());
            TestClient.Packet third = back.next();
            assertEquals("PUBLISH q1d t m3", Packet5.words(third));
            back.expectNothing().ack(0x40, third.packetId()).expect5("PUBLISH q1 t m4");
        }
    }

    @Test
    void aFailedPubrecEndsTheDeliveryAndMakesRoom() throws IOException {
        try (var client = connect("c", Props.of(RECEIVE_MAXIMUM, 1));
                var publisher = connect("p")) {
            client.subscribe5(1, Props.none(), "t", 2);
            for (int i = 1; i <= 2; i++) {
                publisher
                        .send(Packet5.publish("t", "m" + i, 4, i, Props.none()))
                        .expect5("PUBREC " + i);
            }
            TestClient.Packet first = client.next();
            int id = first.packetId();
            client.send(new byte[] {0x50, 3, (byte) (id >> 8), (byte) id, (byte) 0x80});
            client.expect5("PUBLISH q2 t m2");
        }
    }

    @Test
    void whoExceedsTheBrokersReceiveMaximumIsDisconnected() throws IOException {
        var limits = new BrokerSettings.Limits(2, 0, 0, 200, 0, 0, Long.MAX_VALUE);
        restart(BrokerSettings.onPort("127.0.0.1", 0).withLimits(limits));
        try (var client = connect("c")) {
            for (int i = 1; i <= 2; i++) {
                client.send(Packet5.publish("t", "x", 4, i, Props.none())).expect5("PUBREC " + i + " 10");
            }
            client.ack(0x62, 1).expect5("PUBCOMP 1");
            client.send(Packet5.publish("t", "x", 4, 3, Props.none())).expect5("PUBREC 3 10");
            client.send(Packet5.publish("t", "x", 2, 4, Props.none())).expect5("DISCONNECT 93");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void whatIsTooLargeForAClientIsNotSentAndHoldsNothingUp() throws IOException {
        try (var small = connect("small", Props.of(PACKET_SIZE, 40));
                var large = connect("large");
                var publisher = connect("p")) {
            small.subscribe5(1, Props.none(), "t", 1);
            large.subscribe5(1, Props.none(), "t", 1);
            String payload = "x".repeat(40);
            publisher.send(Packet5.publish("t", payload, 2, 1, Props.none())).expect5("PUBACK 1");
            publisher.send(Packet5.publish("t", "y", 2, 2, Props.none())).expect5("PUBACK 2");
            small.expect5("PUBLISH q1 t y");
            large.expect5("PUBLISH q1 t " + payload).expect5("PUBLISH q1 t y");
            assertEquals(1, broker.stats().messagesTooLarge());
        }
    }

    @Test
    void aPacketTooLargeForTheBrokerEndsTheConnectionWithItsReason() throws IOException {
        try (var client = connect("c")) {
            client.send(new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F})
                    .expect5("DISCONNECT 95");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void topicAliasesOfAClientStandForTheirNames() throws IOException {
        try (var subscriber = connect("s");
                var publisher = connect("p")) {
            subscriber.subscribe5(1, Props.none(), "#", 0);
            publisher.send(Packet5.publish("long/name", "1", 0, 0, Props.of(ALIAS, 64)));
            publisher.send(Packet5.publish("", "2", 0, 0, Props.of(ALIAS, 64)));
            publisher.send(Packet5.publish("other", "3", 0, 0, Props.of(ALIAS, 64)));
            publisher.send(Packet5.publish("", "4", 0, 0, Props.of(ALIAS, 64)));
            subscriber
                    .expect5("PUBLISH q0 long/name 1")
                    .expect5("PUBLISH q0 long/name 2")
                    .expect5("PUBLISH q0 other 3")
                    .expect5("PUBLISH q0 other 4");
        }
    }

    @ParameterizedTest
    @CsvSource({"t, 0, 94", "t, 65, 94", "'', 65, 94", "'', 1, 82"})
    void aTopicAliasOutOfPlaceEndsTheConnection(String topic, int alias, String reason) throws IOException {
        try (var client = connect("c")) {
            client.send(Packet5.publish(topic, "x", 0, 0, Props.of(ALIAS, alias)))
                    .expect5("DISCONNECT " + reason);
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aliasesAreUsedTowardsClientsThatTakeThem() throws IOException {
        try (var subscriber = connect("s", Props.of(ALIAS_MAXIMUM, 2));
                var publisher = connect("p")) {
            subscriber.subscribe5(1, Props.none(), "#", 0);
            for (String topic : List.of("a", "b", "c", "a", "b", "c")) {
                publisher.send(Packet5.publish(topic, "x", 0, 0, Props.none()));
            }
            subscriber
                    .expect5("PUBLISH q0 a x {35=1}")
                    .expect5("PUBLISH q0 b x {35=2}")
                    .expect5("PUBLISH q0 c x")
                    .expect5("PUBLISH q0  x {35=1}")
                    .expect5("PUBLISH q0  x {35=2}")
                    .expect5("PUBLISH q0 c x");
        }
    }

    @Test
    void topicsOfTooManyLevelsAreRefused() throws IOException {
        String deep = "a/".repeat(200) + "b";
        try (var client = connect("c")) {
            client.send(Packet5.subscribe(1, Props.none(), deep, 0)).expect5("SUBACK 1 8F");
            client.send(Packet5.publish(deep, "x", 0, 0, Props.none())).expect5("DISCONNECT 90");
        }
    }

    @Test
    void filtersPastTheBoundAreRefusedOneByOne() throws IOException {
        try (var client = connect("c")) {
            for (int i = 1; i <= 1000; i++) {
                client.send(Packet5.subscribe(i, Props.none(), "f/" + i, 0)).expect5("SUBACK " + i + " 00");
            }
            client.send(Packet5.subscribe(1001, Props.none(), "f/1", 1, "more", 1))
                    .expect5("SUBACK 1001 01 97");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void clientsOfAllVersionsUnderstandEachOther(int qos) throws IOException {
        try (var five = connect("five");
                var four = TestClient.connect(port, "four", true);
                var three = TestClient.raw(port)) {
            three.send(mqtt31("three")).expect("CONNACK 0 0");
            five.subscribe5(1, Props.none(), "t", 0);
            four.subscribe(1, 0, "t");
            three.subscribe(1, 0, "t");
            three.publish("t", "from 3.1", qos, 1);
            List<String> acks = List.of("", "PUBACK 1", "PUBREC 1");
            if (qos > 0) {
                List<String> both =
                        List.of(three.next().toString(), three.next().toString());
                assertTrue(both.contains(acks.get(qos)) && both.contains("PUBLISH t from 3.1"), both::toString);
            } else {
                three.expect("PUBLISH t from 3.1");
            }
            five.expect5("PUBLISH q0 t from 3.1");
            four.expect("PUBLISH t from 3.1");
            five.send(Packet5.publish("t", "from 5.0", 0, 0, Props.of(EXPIRY, 10)));
            five.expect5("PUBLISH q0 t from 5.0 {2=10}");
            four.expect("PUBLISH t from 5.0");
            three.expect("PUBLISH t from 5.0");
        }
    }

    private static byte[] mqtt31(String clientId) {
        var body = new ByteArrayOutputStream();
        Props.string(body, "MQIsdp");
        body.write(3);
        body.write(2);
        body.write(0);
        body.write(0);
        Props.string(body, clientId);
        return TestClient.packet(0x10, body.toByteArray());
    }

    @Test
    void aClientOf31MayHaveALongNameButNotNoneAndMaySetDupOnItsRequests() throws IOException {
        try (var client = TestClient.raw(port);
                var nameless = TestClient.raw(port)) {
            client.send(mqtt31("x".repeat(1000))).expect("CONNACK 0 0");
            client.send(new byte[] {(byte) 0x8A, 6, 0, 1, 0, 1, 't', 1}).expect("SUBACK 1 01");
            client.send(new byte[] {(byte) 0x6A, 2, 0, 9}).expect("PUBCOMP 9");
            nameless.send(mqtt31("")).expect("CONNACK 0 2");
        }
    }

    @Test
    void aRefusedPublishOfThisProcessFails() {
        tap = (publisher, message) -> PublishTap.REFUSED;
        Message message = new Message(new TopicName("t"), new byte[1], Qos.AT_LEAST_ONCE, false);
        CompletableFuture<Void> done =
                broker.publish(ClientInfo.inProcess("test"), message).toCompletableFuture();
        assertThrows(Exception.class, done::join);
    }
}
