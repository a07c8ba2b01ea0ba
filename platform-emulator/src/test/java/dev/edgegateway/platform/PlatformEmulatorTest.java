package dev.edgegateway.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.platform.TestClient.Received;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.jr.ob.JSON;

/** The platform as its clients see it, over real sockets. */
class PlatformEmulatorTest {
    private static final String KEY = "a-abc123-k3y";
    private static final String ALL_EVENTS = "iot-2/type/+/id/+/evt/+/fmt/+";
    private static final String ALL_COMMANDS = "iot-2/type/+/id/+/cmd/+/fmt/+";

    private final PlatformEmulator platform = PlatformEmulator.open(EmulatorSettings.of(
            "127.0.0.1",
            0,
            "abc123",
            Credentials.builder()
                    .device("pump", "p9", "device-token")
                    .gateway("edge", "gw1", "gateway-token")
                    .gateway("edge", "gw2", "gateway-token")
                    .application(KEY, "api-token")
                    .build()));
    private final List<TestClient> clients = new ArrayList<>();

    @AfterEach
    void close() throws MqttException {
        platform.close();
        for (TestClient client : clients) {
            client.close();
        }
    }

    @Test
    void anEventOfADeviceBehindAGatewayReachesTheApplication() throws Exception {
        TestClient application = application("app");
        application.subscribe(ALL_EVENTS);
        TestClient gateway = gateway("gw1");

        gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/json", "1", 1);
        gateway.publish("iot-2/type/edge/id/gw1/evt/größe 東京/fmt/text", "2", 2);
        gateway.publish("iot-2/type/pump/id/p2/evt/flow/fmt/json", "3", 0);

        assertEquals(new Received("iot-2/type/pump/id/p1/evt/flow/fmt/json", "1", 1, false), application.next());
        assertEquals(new Received("iot-2/type/edge/id/gw1/evt/größe 東京/fmt/text", "2", 2, false), application.next());
        assertEquals(new Received("iot-2/type/pump/id/p2/evt/flow/fmt/json", "3", 0, false), application.next());
        assertEquals(Set.of("pump:p1", "pump:p2"), platform.devicesBehind("edge", "gw1"));
        assertEquals(3, platform.stats().events());
    }

    @Test
    void aDeviceWithAConnectionOfItsOwnSpeaksTheShortForm() throws Exception {
        TestClient application = application("app");
        application.subscribe(ALL_EVENTS);
        TestClient device = device();
        device.subscribe("iot-2/cmd/+/fmt/+");

        device.publish("iot-2/evt/flow/fmt/json", "1", 1);
        application.publish("iot-2/type/pump/id/p9/cmd/stop/fmt/json", "2", 1);

        assertEquals(new Received("iot-2/type/pump/id/p9/evt/flow/fmt/json", "1", 1, false), application.next());
        assertEquals(new Received("iot-2/cmd/stop/fmt/json", "2", 1, false), device.next());
    }

    @Test
    void aCommandReachesExactlyWhoIsAddressed() throws Exception {
        TestClient first = gateway("gw1");
        first.subscribe("iot-2/type/edge/id/gw1/cmd/+/fmt/+");
        first.subscribe("iot-2/type/pump/id/p1/cmd/+/fmt/+");
        TestClient second = gateway("gw2");
        second.subscribe("iot-2/type/edge/id/gw2/cmd/+/fmt/+");
        second.subscribe("iot-2/type/pump/id/p2/cmd/+/fmt/+");
        TestClient device = device();
        device.subscribe("iot-2/cmd/+/fmt/+");
        TestClient application = application("app");

        for (String address : List.of("pump/id/p1", "pump/id/p2", "pump/id/p9", "edge/id/gw1", "edge/id/gw2")) {
            application.publish("iot-2/type/" + address + "/cmd/stop/fmt/json", address, 1);
        }
        for (String address : List.of("pump/id/p1", "pump/id/p2", "pump/id/p9")) {
            application.publish("iot-2/type/" + address + "/cmd/fence/fmt/json", "fence", 1);
        }

        assertEquals(List.of("pump/id/p1", "edge/id/gw1", "fence"), payloads(first, 3));
        assertEquals(List.of("pump/id/p2", "edge/id/gw2", "fence"), payloads(second, 3));
        assertEquals(List.of("pump/id/p9", "fence"), payloads(device, 2));
        assertEquals(8, platform.stats().commands());
    }

    @Test
    void clientsCannotRetain() throws Exception {
        TestClient gateway = gateway("gw1");
        gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/json", "kept?".getBytes(UTF_8), 1, true);

        TestClient late = application("late");
        late.subscribe(ALL_EVENTS);
        gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/json", "fence", 1);

        assertEquals("fence", late.next().payload());
    }

    @ParameterizedTest
    @CsvSource({
        "g:abc123:edge:gw 1, use-token-auth, gateway-token, 2",
        "a:abc123:app:1, a-abc123-k3y, api-token, 2",
        "g:other1:edge:gw1, use-token-auth, gateway-token, 5",
        "x, use-token-auth, gateway-token, 5",
        "A:abc123:app, a-abc123-k3y, api-token, 5",
        "g:abc123:edge:gw1, use-token-auth, wrong, 5",
        "g:abc123:edge:gw3, use-token-auth, gateway-token, 5",
        "a:abc123:app, a-abc123-other, api-token, 5"
    })
    void whoIsNotWelcomeIsToldSo(String clientId, String user, String token, int returnCode) {
        MqttException refused =
                assertThrows(MqttException.class, () -> TestClient.connect(platform.port(), clientId, user, token));

        assertEquals(returnCode, refused.getReasonCode());
        assertEquals(1, platform.stats().turnedAway());
    }

    @Test
    void aFailedConnectIsMonitoredAndNotRetained() throws Exception {
        TestClient application = application("app");
        application.subscribe("iot-2/type/+/id/+/mon");

        assertThrows(
                MqttException.class,
                () -> TestClient.connect(platform.port(), "g:abc123:edge:gw1", "use-token-auth", "wrong"));

        Received message = application.next();
        assertEquals("iot-2/type/edge/id/gw1/mon", message.topic());
        assertEquals("FailedConnect", json(message).get("Action"));
        assertEquals(180, json(message).get("CloseCode"));
        gateway("gw2");
        assertEquals("Connect", json(application.next()).get("Action"));
        TestClient late = application("late");
        late.subscribe("iot-2/type/+/id/+/mon");
        assertEquals("g:abc123:edge:gw2", json(late.next()).get("ClientID"));
    }

    @Test
    void whoIsThereCanBeReadLater() throws Exception {
        TestClient gateway = gateway("gw1");
        Received connect = retainedMon("iot-2/type/edge/id/gw1/mon");
        assertTrue(connect.retained());
        assertEquals(0, connect.qos());
        assertEquals("Connect", json(connect).get("Action"));
        assertEquals("127.0.0.1", json(connect).get("ClientAddr"));
        assertEquals(platform.port(), json(connect).get("Port"));
        assertEquals("mqtt4", json(connect).get("Protocol"));

        gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/json", "1", 1);
        gateway.disconnect();

        Received disconnect = retainedMon("iot-2/type/edge/id/gw1/mon");
        assertEquals("Disconnect", json(disconnect).get("Action"));
        assertEquals(1, json(disconnect).get("ReadMsg"));
        assertFalse(json(disconnect).containsKey("CloseCode"));
    }

    @Test
    void aTakeOverIsNoAbsence() throws Exception {
        TestClient application = application("app");
        application.subscribe("iot-2/type/edge/id/gw1/mon");
        TestClient first = gateway("gw1");
        assertEquals("Connect", json(application.next()).get("Action"));

        gateway("gw1");

        Map<String, Object> disconnect = json(application.next());
        assertEquals(288, disconnect.get("CloseCode"));
        assertEquals("Connect", json(application.next()).get("Action"));
        assertEquals("Connect", json(retainedMon("iot-2/type/edge/id/gw1/mon")).get("Action"));
        await().until(() -> !first.isConnected());
    }

    @Test
    void aGatewayThatVanishesLeavesItsWillAsAnOrdinaryEvent() throws Exception {
        String status = "iot-2/type/edge/id/gw1/evt/status/fmt/json";
        TestClient application = application("app");
        application.subscribe(ALL_EVENTS);
        application.subscribe("iot-2/type/edge/id/gw1/mon");
        TestClient gateway = keep(
                TestClient.connect(platform.port(), "g:abc123:edge:gw1", "use-token-auth", "gateway-token", status));
        assertEquals("Connect", json(application.next()).get("Action"));

        gateway.vanish();

        assertEquals(91, json(application.next()).get("CloseCode"));
        assertEquals(new Received(status, "gone", 1, false), application.next());
        TestClient late = application("late");
        late.subscribe(ALL_EVENTS);
        gateway("gw1").publish(status, "back", 1);
        assertEquals("back", late.next().payload());
    }

    @Test
    void aGatewayWithABadWillIsNotAnswered() throws Exception {
        TestClient application = application("app");
        application.subscribe("iot-2/type/edge/id/gw1/mon");

        MqttException cut = assertThrows(
                MqttException.class,
                () -> TestClient.connect(
                        platform.port(), "g:abc123:edge:gw1", "use-token-auth", "gateway-token", "offline"));

        assertTrue(cut.getReasonCode() > 5, "no CONNACK, but " + cut);
        assertEquals(276, json(application.next()).get("CloseCode"));
    }

    @Test
    void anApplicationThatLeavesIsForgotten() throws Exception {
        TestClient watcher = application("watcher");
        TestClient application = application("app");
        watcher.subscribe("iot-2/app/app/mon");
        assertEquals("Connect", json(watcher.next()).get("Action"));

        application.disconnect();

        assertEquals("Disconnect", json(watcher.next()).get("Action"));
        TestClient late = application("late");
        late.subscribe("iot-2/app/app/mon");
        late.subscribe("iot-2/app/watcher/mon");
        assertEquals("a:abc123:watcher", json(late.next()).get("ClientID"));
    }

    @Test
    void whatAGatewayMayNotPublishIsAcknowledgedDroppedAndNotified() throws Exception {
        TestClient gateway = gateway("gw1");
        gateway.subscribe("iot-2/type/edge/id/gw1/notify");
        gateway.subscribe(ALL_COMMANDS);

        gateway.publish("iot-2/type/pump/id/p1/cmd/stop/fmt/json", "1", 1);
        gateway.publish("iot-2/evt/flow/fmt/json", "2", 2);
        gateway.publish("sensors/x", "3", 0);
        application("app").publish("iot-2/type/pump/id/p1/cmd/fence/fmt/json", "fence", 1);

        for (String topic :
                List.of("iot-2/type/pump/id/p1/cmd/stop/fmt/json", "iot-2/evt/flow/fmt/json", "sensors/x")) {
            Received notification = gateway.next();
            assertEquals("iot-2/type/edge/id/gw1/notify", notification.topic());
            assertEquals(topic, json(notification).get("Topic"));
            assertEquals(276, json(notification).get("RC"));
        }
        assertEquals("fence", gateway.next().payload());
        assertTrue(gateway.isConnected());
        assertEquals(3, platform.stats().ignored());
    }

    @Test
    void oneBadFilterOfAGatewaySubscribesItToNothing() throws Exception {
        TestClient gateway = gateway("gw1");
        gateway.subscribe("iot-2/type/edge/id/gw1/notify");

        assertArrayEquals(
                new int[] {128, 128},
                gateway.subscribe("iot-2/type/pump/id/p1/cmd/+/fmt/+", "iot-2/type/+/id/+/evt/+/fmt/+"));

        assertEquals("Subscribe", json(gateway.next()).get("Request"));
        TestClient application = application("app");
        application.publish("iot-2/type/pump/id/p1/cmd/stop/fmt/json", "unheard", 1);
        gateway.publish("sensors/fence", "", 0);
        assertEquals("sensors/fence", json(gateway.next()).get("Topic"));
    }

    @Test
    void aDeviceThatBreaksARuleIsDisconnected() throws Exception {
        TestClient watcher = application("watcher");
        watcher.subscribe("iot-2/type/pump/id/p9/mon");

        TestClient publisher = device();
        assertThrows(MqttException.class, () -> publisher.publish("sensors/x", "1", 1));
        assertClosed(watcher, 276);
        TestClient subscriber = device();
        assertThrows(MqttException.class, () -> subscriber.subscribe("iot-2/cmd/+/fmt/+", "#"));
        assertClosed(watcher, 276);
        TestClient unsubscriber = device();
        unsubscriber.subscribe("iot-2/cmd/+/fmt/+");
        assertThrows(MqttException.class, () -> unsubscriber.unsubscribe("#"));
        assertClosed(watcher, 276);
        device().publish("iot-2/evt/flow/fmt/json", "still served", 1);
    }

    @Test
    void aMessageAboveTheLimitCostsTheConnection() throws Exception {
        TestClient application = application("app");
        application.subscribe(ALL_EVENTS);
        TestClient gateway = gateway("gw1");
        gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/bin", new byte[131072], 1, false);
        assertEquals(131072, application.next().payload().length());
        application.subscribe("iot-2/type/edge/id/gw1/mon");
        assertEquals("Connect", json(application.next()).get("Action"));

        assertThrows(
                MqttException.class,
                () -> gateway.publish("iot-2/type/pump/id/p1/evt/flow/fmt/bin", new byte[131073], 1, false));
        assertEquals(287, json(application.next()).get("CloseCode"));

        TestClient again = gateway("gw1");
        assertEquals("Connect", json(application.next()).get("Action"));
        assertThrows(
                MqttException.class,
                () -> again.publish("iot-2/type/pump/id/p1/evt/flow/fmt/bin", new byte[1 << 20], 1, false));
        assertEquals(287, json(application.next()).get("CloseCode"));
    }

    @Test
    void theAdministratorCanEndAConnection() throws Exception {
        TestClient gateway = gateway("gw1");

        platform.disconnect("g:abc123:edge:gw1");

        await().until(() -> !gateway.isConnected());
        assertEquals(94, json(retainedMon("iot-2/type/edge/id/gw1/mon")).get("CloseCode"));
    }

    @Test
    void aPortThatIsTakenIsAFailedStart() {
        EmulatorSettings same = EmulatorSettings.of(
                "127.0.0.1", platform.port(), "abc123", Credentials.builder().build());

        var failure = assertThrows(IllegalStateException.class, () -> PlatformEmulator.open(same));

        assertTrue(String.valueOf(failure.getMessage()).contains(String.valueOf(platform.port())), failure.toString());
    }

    private static void assertClosed(TestClient watcher, int code) throws InterruptedException {
        Map<String, Object> fields = json(watcher.next());
        while (!"Disconnect".equals(fields.get("Action"))) {
            fields = json(watcher.next());
        }
        assertEquals(code, fields.get("CloseCode"));
    }

    /** What a client that subscribes now is told of a monitoring topic. */
    private Received retainedMon(String topic) throws Exception {
        TestClient late = application("reader" + clients.size());
        late.subscribe(topic);
        return late.next();
    }

    private static List<String> payloads(TestClient client, int count) throws InterruptedException {
        List<String> payloads = new ArrayList<>();
        while (payloads.size() < count) {
            payloads.add(client.next().payload());
        }
        return payloads;
    }

    private static Map<String, Object> json(Received message) {
        return JSON.std.mapFrom(message.payload());
    }

    private TestClient gateway(String id) throws MqttException {
        return keep(TestClient.connect(platform.port(), "g:abc123:edge:" + id, "use-token-auth", "gateway-token"));
    }

    private TestClient device() throws MqttException {
        return keep(TestClient.connect(platform.port(), "d:abc123:pump:p9", "use-token-auth", "device-token"));
    }

    private TestClient application(String app) throws MqttException {
        return keep(TestClient.connect(platform.port(), "a:abc123:" + app, KEY, "api-token"));
    }

    private TestClient keep(TestClient client) {
        clients.add(client);
        return client;
    }
}
