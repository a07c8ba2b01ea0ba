package dev.edgegateway.broker;

import static dev.edgegateway.broker.TestWebSocket.BINARY;
import static dev.edgegateway.broker.TestWebSocket.CONTINUATION;
import static dev.edgegateway.broker.TestWebSocket.FIN;
import static dev.edgegateway.broker.TestWebSocket.frame;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** MQTT over WebSocket, frame by frame. */
class WebSocketListenerTest {
    private static final byte[] PINGREQ = {(byte) 0xC0, 0};

    private LocalBroker broker;
    private int port;

    @BeforeEach
    void open() {
        broker = LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.of(List.of(
                new BrokerSettings.Listener("ws", "127.0.0.1", 0, null, new Carrier.WebSocket("/mqtt")),
                new BrokerSettings.Listener("tcp", "127.0.0.1", 0)))));
        port = broker.port("ws");
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private static byte[] connect(String clientId) {
        return TestClient.connectPacket(clientId, true, 0, null);
    }

    private TestWebSocket connected(String clientId) throws IOException {
        return TestWebSocket.upgraded(port).binary(connect(clientId)).expect(BINARY, 0x20, 2, 0, 0);
    }

    @Test
    void pahoTalksToAClientOnTcpThroughAWebSocket() throws Exception {
        BlockingQueue<String> received = new ArrayBlockingQueue<>(10);
        try (var tcp = TestClient.connect(broker.port("tcp"), "tcp", true);
                var client = new MqttClient("ws://127.0.0.1:" + port + "/mqtt", "paho", new MemoryPersistence())) {
            client.connect();
            client.subscribe(
                    "to/paho",
                    1,
                    (topic, message) -> received.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
            tcp.subscribe(1, 0, "from/paho");
            String large = "x".repeat(100_000);
            client.publish("from/paho", large.getBytes(StandardCharsets.UTF_8), 2, false);
            assertEquals(large, tcp.next().payload());
            tcp.publishAndWait("to/paho", large, 7);
            assertEquals(large, received.poll(5, TimeUnit.SECONDS));
            client.disconnect();
        } catch (MqttException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"mqtt, mqtt", "mqttv3.1, mqttv3.1", "'chat, mqttv3.1, mqtt', mqttv3.1"})
    void theSubProtocolIsTheFirstKnownOneTheClientOffers(String offered, String chosen) throws IOException {
        try (var client = new TestWebSocket(port).send(TestWebSocket.request("/mqtt?x=1", offered))) {
            String answer = client.answer();
            assertTrue(answer.startsWith("HTTP/1.1 101 Switching Protocols\r\n"), answer);
            assertTrue(answer.contains("\r\nsec-websocket-protocol: " + chosen + "\r\n"), answer);
            // The answer to the key of RFC 6455 section 1.3.
            assertTrue(answer.contains("\r\nsec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), answer);
        }
    }

    static List<String[]> wrongRequests() {
        String right = TestWebSocket.request("/mqtt", "mqtt");
        return List.of(
                new String[] {"404", TestWebSocket.request("/", "mqtt")},
                new String[] {"404", TestWebSocket.request("/mqtt/", "mqtt")},
                new String[] {"405", right.replace("GET", "POST")},
                new String[] {"400", TestWebSocket.request("/mqtt", "")},
                new String[] {"400", TestWebSocket.request("/mqtt", "chat, soap")},
                new String[] {"400", right.replace("dGhlIHNhbXBsZSBub25jZQ==", "c2hvcnQ=")},
                new String[] {"400", right.replace("dGhlIHNhbXBsZSBub25jZQ==", "***")},
                new String[] {"400", right.replace("Host", "Content-Length: 3\r\nHost")},
                new String[] {"426", right.replace("Version: 13", "Version: 8")},
                new String[] {"426", "GET /mqtt HTTP/1.1\r\nHost: localhost\r\n\r\n"},
                new String[] {"426", right.replace("HTTP/1.1", "HTTP/1.0")},
                new String[] {"400", "\u0010\u000c\0\u0004MQTT\r\n\r\n"},
                new String[] {"414", right.replace("/mqtt", "/" + "m".repeat(3000))},
                new String[] {"431", right.replace("localhost", "l".repeat(9000))});
    }

    @ParameterizedTest
    @MethodSource("wrongRequests")
    void whateverIsNotTheUpgradeGetsAShortAnswerAndTheEnd(String status, String request) throws IOException {
        try (var client = new TestWebSocket(port).send(request)) {
            assertEquals("HTTP/1.1 " + status, client.answer().substring(0, 12));
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aPacketInManyFramesAndManyPacketsInOneAreTheSame() throws IOException {
        try (var client = TestWebSocket.upgraded(port)) {
            byte[] connect = connect("c");
            for (byte each : connect) {
                client.binary(new byte[] {each});
            }
            client.expect(BINARY, 0x20, 2, 0, 0);
            client.binary(new byte[0]);
            client.binary(new byte[] {PINGREQ[0], 0, PINGREQ[0], 0, PINGREQ[0]});
            client.expect(BINARY, 0xD0, 0, 0xD0, 0);
            client.binary(new byte[1]);
            client.expect(BINARY, 0xD0, 0);
        }
    }

    @Test
    void aFragmentedMessageIsPutTogetherEvenAroundAPing() throws IOException {
        try (var client = TestWebSocket.upgraded(port)) {
            byte[] connect = connect("c");
            client.send(frame(BINARY, Arrays.copyOf(connect, 5)));
            client.send(frame(FIN | TestWebSocket.PING, new byte[] {1, 2, 3}));
            client.expect(TestWebSocket.PONG, 1, 2, 3);
            client.send(frame(CONTINUATION, new byte[0]));
            client.send(frame(FIN | CONTINUATION, Arrays.copyOfRange(connect, 5, connect.length)));
            client.expect(BINARY, 0x20, 2, 0, 0);
        }
    }

    @Test
    void framesSentBehindTheRequestWithoutWaitingAreNotLost() throws IOException {
        try (var client = new TestWebSocket(port)) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(TestWebSocket.request("/mqtt", "mqtt").getBytes(StandardCharsets.US_ASCII));
            all.writeBytes(frame(FIN | BINARY, connect("c")));
            client.send(all.toByteArray());
            client.answer();
            client.expect(BINARY, 0x20, 2, 0, 0);
        }
    }

    @Test
    void aTextFrameEndsTheConnectionWith1003() throws IOException {
        try (var client = connected("c")) {
            client.send(frame(FIN | TestWebSocket.TEXT, PINGREQ));
            assertEquals("CLOSE 1003", client.next().toString());
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aFrameLargerThanAPacketMayBeIsRefusedByItsHeader() throws IOException {
        try (var client = connected("c")) {
            byte[] header = Arrays.copyOf(frame(FIN | BINARY, new byte[300_000]), 14);
            client.send(header);
            assertEquals("CLOSE 1009", client.next().toString());
            assertTrue(client.isClosedByPeer());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8202c000", // not masked
                "c28211223344d122", // a reserved bit
                "8382112233440000", // a reserved opcode
                "808211223344d122", // a continuation of nothing
                "0982112233440000", // a ping in fragments
                "89fe0080", // a ping of 128 bytes
            })
    void brokenFramesEndTheConnectionWith1002(String hex) throws IOException {
        try (var client = connected("c")) {
            client.send(HexFormat.of().parseHex(hex));
            assertEquals("CLOSE 1002", client.next().toString());
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aCloseFrameIsAnsweredAndCountsAsALostConnection() throws IOException {
        try (var watcher = TestClient.connect(broker.port("tcp"), "w", true);
                var client = TestWebSocket.upgraded(port)) {
            watcher.subscribe(1, 0, "gone");
            client.binary(TestClient.connectPacket("c", true, 0, new Object[] {"gone", "bye", 0}));
            client.expect(BINARY, 0x20, 2, 0, 0);
            client.send(frame(FIN | TestWebSocket.CLOSE, new byte[] {0x03, (byte) 0xE9}));
            assertEquals("CLOSE 1001", client.next().toString());
            watcher.expect("PUBLISH gone bye");
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void afterDisconnectTheWebSocketIsClosedNormally() throws IOException {
        try (var client = connected("c")) {
            client.binary(new byte[] {(byte) 0xE0, 0});
            assertEquals("CLOSE 1000", client.next().toString());
            assertTrue(client.isClosedByPeer());
        }
    }

    @Test
    void aProtocolViolationIsToldInMqttFirst() throws IOException {
        try (var client = TestWebSocket.upgraded(port)) {
            client.binary(Packet5.connect("five", true, 0, new Props()));
            assertEquals(0x20, client.next().payload()[0]);
            client.binary(new byte[] {(byte) 0xC1, 0});
            assertEquals("e0", client.next().toString().substring(2, 4));
            assertEquals("CLOSE 1000", client.next().toString());
        }
    }

    @Test
    void theConnectTimeoutRunsFromAccept() throws IOException {
        var settings = BrokerSettings.of(
                List.of(new BrokerSettings.Listener("ws", "127.0.0.1", 0, null, new Carrier.WebSocket("/mqtt"))));
        settings = new BrokerSettings(
                settings.listeners(), true, 1000, 10, 1000, 10, 10, 10, 10, 10, Duration.ofMillis(200));
        try (var impatient = LocalBroker.open(LocalBroker.Parts.inMemory(settings));
                var silent = new TestWebSocket(impatient.port("ws"));
                var halfway = TestWebSocket.upgraded(impatient.port("ws"))) {
            silent.send("GET /mqtt HTTP/1.1\r\n");
            assertTrue(silent.isClosedByPeer());
            assertEquals("CLOSE 1000", halfway.next().toString());
            assertTrue(halfway.isClosedByPeer());
        }
    }

    @Test
    void theJdksOwnWebSocketClientIsUnderstood() throws Exception {
        BlockingQueue<byte[]> received = new ArrayBlockingQueue<>(10);
        try (var http = HttpClient.newHttpClient()) {
            var socket = http.newWebSocketBuilder()
                    .subprotocols("mqtt")
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/mqtt"), new WebSocket.Listener() {
                        @Override
                        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
                            byte[] bytes = new byte[data.remaining()];
                            data.get(bytes);
                            received.add(bytes);
                            from.request(1);
                            return CompletableFuture.completedStage(null);
                        }
                    })
                    .get(5, TimeUnit.SECONDS);
            assertEquals("mqtt", socket.getSubprotocol());
            socket.sendBinary(ByteBuffer.wrap(connect("jdk")), true).get(5, TimeUnit.SECONDS);
            assertEquals(4, received.poll(5, TimeUnit.SECONDS).length);
            socket.abort();
        }
        await().until(() -> broker.stats().clientsConnected() == 0);
    }
}
