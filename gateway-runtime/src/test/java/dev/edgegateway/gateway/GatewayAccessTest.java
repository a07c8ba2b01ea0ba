package dev.edgegateway.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.access.CredentialFile;
import dev.edgegateway.gateway.access.Credentials.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A closed listener, over real sockets: who gets in, and to what. */
class GatewayAccessTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long WAIT_MILLIS = 10_000;
    private static final String RIGHT = "correct horse";
    private static final String CLOSED = """
            [[listener]]
            name = "closed"
            port = 0

            [access]
            users_file = "users"
            device_tokens_file = "tokens"

            [[access.rule]]
            users = "alice"
            topic = "plant/#"
            allow = ["publish", "subscribe"]

            [[access.rule]]
            users = "*"
            topic = "users/%u/#"
            allow = ["publish", "subscribe"]
            """;

    @TempDir
    Path directory;

    private final List<MqttAsyncClient> clients = new ArrayList<>();
    private @Nullable GatewayHarness harness;

    @BeforeEach
    void open() throws Exception {
        put("users", Kind.USERS, "alice", RIGHT);
        put("users", Kind.USERS, "bob", RIGHT);
        put("tokens", Kind.DEVICES, "pump:p1", RIGHT);
        harness = GatewayHarness.open(directory, CLOSED);
    }

    @AfterEach
    void close() throws Exception {
        for (MqttAsyncClient client : clients) {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 1000);
            }
            client.close(true);
        }
        if (harness != null) {
            harness.close();
        }
    }

    private void put(String file, Kind kind, String name, String secret) throws IOException {
        CredentialFile credentials = CredentialFile.open(directory.resolve(file), kind);
        credentials.put(name, secret.getBytes(UTF_8));
        credentials.write();
    }

    private Gateway gateway() {
        if (harness == null) {
            throw new IllegalStateException("not open");
        }
        return harness.gateway();
    }

    private MqttAsyncClient connect(
            String listener, String clientId, @Nullable String user, String secret, @Nullable String willTopic)
            throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + gateway().port(listener), clientId, new MemoryPersistence());
        clients.add(client);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        if (user != null) {
            options.setUserName(user);
            options.setPassword(secret.toCharArray());
        }
        if (willTopic != null) {
            options.setWill(willTopic, "gone".getBytes(UTF_8), 1, false);
        }
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return client;
    }

    private MqttAsyncClient connect(String clientId, String user, String secret) throws MqttException {
        return connect("closed", clientId, user, secret, null);
    }

    private int refusal(String clientId, @Nullable String user, String secret, @Nullable String willTopic) {
        return assertThrows(MqttException.class, () -> connect("closed", clientId, user, secret, willTopic))
                .getReasonCode();
    }

    private static void publish(MqttAsyncClient client, String topic, String payload) throws MqttException {
        client.publish(topic, payload.getBytes(UTF_8), 1, false).waitForCompletion(WAIT_MILLIS);
    }

    private static BlockingQueue<String> subscribe(MqttAsyncClient client, String filter) throws MqttException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        client.subscribe(filter, 1, (topic, message) -> received.add(topic + " " + message))
                .waitForCompletion(WAIT_MILLIS);
        return received;
    }

    private static int suback(MqttAsyncClient client, String filter) throws MqttException {
        IMqttToken token = client.subscribe(filter, 1);
        try {
            token.waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            return 128;
        }
        return token.getGrantedQos()[0];
    }

    @Test
    void onlyTheRightPasswordOpensTheDoor() throws MqttException {
        assertEquals(5, refusal("c", null, "", null));
        assertEquals(4, refusal("c", "alice", "wrong", null));
        assertEquals(4, refusal("c", "nobody", RIGHT, null));
        assertTrue(connect("c", "alice", RIGHT).isConnected());
        assertTrue(connect("c2", "alice", RIGHT).isConnected(), "from memory");
    }

    @Test
    void aUserReachesWhatTheRulesAllow() throws Exception {
        MqttAsyncClient alice = connect("a", "alice", RIGHT);
        MqttAsyncClient bob = connect("b", "bob", RIGHT);
        BlockingQueue<String> all = subscribe(connect("tcp", "watcher", null, "", null), "#");

        assertEquals(1, suback(alice, "plant/#"));
        assertEquals(128, suback(alice, "#"));
        assertEquals(128, suback(bob, "plant/1"));
        assertEquals(128, suback(alice, "$SYS/#"));
        publish(bob, "plant/valve", "open");
        publish(bob, "users/alice/x", "spoofed");
        publish(bob, "iot-2/type/pump/id/p1/evt/flow/fmt/json", "spoofed");
        publish(bob, "edge-gateway/status", "spoofed");
        publish(bob, "users/bob/x", "mine");
        publish(alice, "plant/valve", "closed");

        List<String> seen = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            String next = all.poll(10, TimeUnit.MILLISECONDS);
            if (next != null && !next.startsWith("edge-gateway/status {")) {
                seen.add(next);
            }
            return seen.contains("plant/valve closed");
        });
        assertEquals(List.of("users/bob/x mine", "plant/valve closed"), seen);
    }

    @Test
    void aWillIsHeldToTheRulesToo() throws Exception {
        assertEquals(5, refusal("b", "bob", RIGHT, "plant/status"));
        BlockingQueue<String> wills = subscribe(connect("tcp", "watcher", null, "", null), "users/#");

        connect("closed", "b", "bob", RIGHT, "users/bob/status");
        // The same id once more ends the first connection without its DISCONNECT.
        connect("b", "bob", RIGHT);

        assertEquals("users/bob/status gone", wills.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void aDeviceComesWithItsTokenAndSpeaksForItselfAlone() throws Exception {
        assertEquals(5, refusal("d:org001:pump:p1", null, "", null));
        assertEquals(4, refusal("d:org001:pump:p1", "use-token-auth", "wrong", null));
        assertEquals(4, refusal("d:org001:pump:p2", "use-token-auth", RIGHT, null));
        assertEquals(5, refusal("d:org001:pump:p1", "alice", RIGHT, null));
        BlockingQueue<String> events = subscribe(connect("tcp", "watcher", null, "", null), "iot-2/type/+/id/+/evt/#");

        MqttAsyncClient pump = connect("d:org001:pump:p1", "use-token-auth", RIGHT);
        publish(pump, "iot-2/evt/flow/fmt/json", "1");

        assertEquals("iot-2/type/pump/id/p1/evt/flow/fmt/json 1", events.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals(1, suback(pump, "iot-2/cmd/+/fmt/+"));
        assertEquals(128, suback(pump, "#"));
    }

    @Test
    void anAnonymousListenerIsAsOpenAsBeforeButForTheTopicsOthersSpeakOn() throws Exception {
        MqttAsyncClient plain = connect("tcp", "plain", null, "", null);
        BlockingQueue<String> all = subscribe(plain, "+/+/#");
        publish(plain, "iot-2/type/pump/id/p1/evt/flow/fmt/json", "spoofed");
        publish(plain, "any/thing/else", "1");

        await().atMost(SOON).until(() -> all.stream().anyMatch(message -> message.startsWith("any/")));
        assertFalse(all.stream().anyMatch(message -> message.startsWith("iot-2/")), all.toString());
        assertEquals(
                4,
                assertThrows(MqttException.class, () -> connect("tcp", "liar", "alice", "wrong", null))
                        .getReasonCode());
    }

    @Test
    void aUserThatIsAddedComesInAndOneThatIsRemovedGoesOutWithoutARestart() throws Exception {
        assertEquals(4, refusal("c", "carol", RIGHT, null));
        MqttAsyncClient bob = connect("b", "bob", RIGHT);
        MqttAsyncClient alice = connect("a", "alice", RIGHT);

        put("users", Kind.USERS, "carol", RIGHT);
        CredentialFile users = CredentialFile.open(directory.resolve("users"), Kind.USERS);
        users.remove("bob");
        users.write();
        assertTrue(connect("c", "carol", RIGHT).isConnected());

        await().atMost(SOON).until(() -> !bob.isConnected());
        assertTrue(alice.isConnected());
        assertEquals(4, refusal("b", "bob", RIGHT, null));
    }
}
