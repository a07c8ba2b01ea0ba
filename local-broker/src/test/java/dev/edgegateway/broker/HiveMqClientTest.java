package dev.edgegateway.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.connect.connack.Mqtt5ConnAck;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MQTT 5.0 with a client written elsewhere. */
class HiveMqClientTest {
    private LocalBroker broker;

    @BeforeEach
    void open() {
        broker = LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Mqtt5BlockingClient client(String id) {
        return Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(broker.port("tcp"))
                .buildBlocking();
    }

    @ParameterizedTest
    @EnumSource(MqttQos.class)
    void requestAndResponseCarryTheirPropertiesAtEveryQos(MqttQos qos) throws InterruptedException {
        Mqtt5BlockingClient asks = client("asks");
        Mqtt5BlockingClient answers = client("answers");
        asks.connectWith()
                .restrictions()
                .topicAliasMaximum(10)
                .receiveMaximum(3)
                .applyRestrictions()
                .send();
        answers.connect();
        try (var questions = answers.publishes(MqttGlobalPublishFilter.ALL);
                var replies = asks.publishes(MqttGlobalPublishFilter.ALL)) {
            answers.subscribeWith().topicFilter("question").qos(qos).send();
            asks.subscribeWith().topicFilter("answer/#").qos(qos).send();
            for (int i = 0; i < 50; i++) {
                asks.publishWith()
                        .topic("question")
                        .qos(qos)
                        .responseTopic("answer/" + i % 3)
                        .correlationData(new byte[] {(byte) i})
                        .userProperties(Mqtt5UserProperties.builder()
                                .add("n", "" + i)
                                .add("n", "again")
                                .build())
                        .messageExpiryInterval(60)
                        .contentType("text/plain")
                        .payload(("q" + i).getBytes(StandardCharsets.UTF_8))
                        .send();
                Mqtt5Publish question = questions.receive(5, TimeUnit.SECONDS).orElseThrow();
                assertEquals(
                        "text/plain", question.getContentType().orElseThrow().toString());
                assertEquals(60, question.getMessageExpiryInterval().orElseThrow());
                assertEquals(
                        "again",
                        question.getUserProperties().asList().get(1).getValue().toString());
                answers.publishWith()
                        .topic(question.getResponseTopic().orElseThrow())
                        .qos(qos)
                        .correlationData(question.getCorrelationData().orElseThrow())
                        .payload(question.getPayloadAsBytes())
                        .send();
                Mqtt5Publish reply = replies.receive(5, TimeUnit.SECONDS).orElseThrow();
                assertEquals("answer/" + i % 3, reply.getTopic().toString());
                assertEquals(
                        ByteBuffer.wrap(new byte[] {(byte) i}),
                        reply.getCorrelationData().orElseThrow());
                assertArrayEquals(("q" + i).getBytes(StandardCharsets.UTF_8), reply.getPayloadAsBytes());
            }
        }
        asks.disconnect();
        answers.disconnect();
    }

    @Test
    void aSessionIsResumedWithWhatItMissed() throws InterruptedException {
        Mqtt5BlockingClient sleeper = client("sleeper");
        sleeper.connectWith().cleanStart(true).sessionExpiryInterval(300).send();
        sleeper.subscribeWith().topicFilter("t").qos(MqttQos.EXACTLY_ONCE).send();
        sleeper.disconnect();
        Mqtt5BlockingClient publisher = client("publisher");
        publisher.connect();
        for (int i = 0; i < 20; i++) {
            publisher
                    .publishWith()
                    .topic("t")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .payload(new byte[] {(byte) i})
                    .send();
        }
        publisher.disconnect();
        try (var missed = sleeper.publishes(MqttGlobalPublishFilter.ALL)) {
            Mqtt5ConnAck connack = sleeper.connectWith()
                    .cleanStart(false)
                    .sessionExpiryInterval(0)
                    .send();
            assertTrue(connack.isSessionPresent());
            for (int i = 0; i < 20; i++) {
                assertEquals(
                        i, missed.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes()[0]);
            }
        }
        sleeper.disconnect();
    }

    @Test
    void membersOfAShareGetEachMessageOnce() throws InterruptedException {
        Mqtt5BlockingClient a = client("a");
        Mqtt5BlockingClient b = client("b");
        a.connect();
        b.connect();
        try (var ofA = a.publishes(MqttGlobalPublishFilter.ALL);
                var ofB = b.publishes(MqttGlobalPublishFilter.ALL)) {
            a.subscribeWith().topicFilter("$share/g/t").send();
            b.subscribeWith().topicFilter("$share/g/t").send();
            Set<Byte> expected = new HashSet<>();
            Set<Byte> came = new HashSet<>();
            for (byte i = 0; i < 20; i++) {
                a.publishWith()
                        .topic("t")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(new byte[] {i})
                        .send();
                expected.add(i);
            }
            for (int i = 0; i < 10; i++) {
                came.add(ofA.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes()[0]);
                came.add(ofB.receive(5, TimeUnit.SECONDS).orElseThrow().getPayloadAsBytes()[0]);
            }
            assertEquals(expected, came);
            assertFalse(ofA.receiveNow().isPresent() || ofB.receiveNow().isPresent());
        }
        a.disconnect();
        b.disconnect();
    }

    @Test
    void aReservedNameIsRefusedWithItsReason() {
        var refusal = assertThrows(Mqtt5ConnAckException.class, client("$system")::connect);
        assertEquals(0x85, refusal.getMqttMessage().getReasonCode().getCode());
    }
}
