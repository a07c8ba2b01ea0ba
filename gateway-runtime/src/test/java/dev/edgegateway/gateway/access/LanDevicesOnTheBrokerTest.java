package dev.edgegateway.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.PlatformTopics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices and ordinary clients side by side on one broker, over real sockets. */
class LanDevicesOnTheBrokerTest {
    private static final long WAIT_MILLIS = 10_000;

    private final BlockingQueue<String> routed = new LinkedBlockingQueue<>();
    private final AccessRules rules =
            new AccessRules(new AccessRules.Setting(List.of(), Set.of("lan"), false, Set.of()));
    private final AccessControl access = AccessControl.open(
            new AccessControl.Setting(Set.of("lan"), null, null),
            new LanDevices("abc123", new DeviceAddress("edge-gateway", "gw-001")),
            rules);
    private final LocalBroker broker = LocalBroker.open(new LocalBroker.Parts(
            BrokerSettings.of(List.of(
                    new BrokerSettings.Listener("lan", "127.0.0.1", 0),
                    new BrokerSettings.Listener("closed", "127.0.0.1", 0))),
            BrokerStore.NONE,
            this::onPublish,
            access,
            rules,
            access));
    private final List<MqttAsyncClient> clients = new ArrayList<>();

    private long onPublish(ClientInfo publisher, Message message) {
        routed.add(message.topic().value());
        return PublishTap.NOTHING;
    }

    @AfterEach
    void close() throws MqttException {
        broker.close();
        for (MqttAsyncClient client : clients) {
            await().until(() -> !client.isConnected());
            client.close(true);
        }
    }

    @Test
    void whatADevicePublishesIsRoutedUnderItsName() throws Exception {
        MqttAsyncClient pump = connect("lan", "d:abc123:pump:p1");
        MqttAsyncClient plain = connect("lan", "plain");

        publish(pump, "iot-2/evt/flow/fmt/json");
        publish(pump, "shared/topic");
        publish(plain, "iot-2/evt/flow/fmt/json");

        assertEquals("iot-2/type/pump/id/p1/evt/flow/fmt/json", routed.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("shared/topic", routed.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("iot-2/evt/flow/fmt/json", routed.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void aCommandReachesTheDeviceAddressedAlone() throws Exception {
        BlockingQueue<String> first = subscribe(connect("lan", "d:abc123:pump:p1"), "iot-2/cmd/+/fmt/+");
        BlockingQueue<String> second = subscribe(connect("lan", "d:abc123:pump:p2"), "iot-2/#");
        BlockingQueue<String> plain = subscribe(connect("lan", "plain"), "iot-2/cmd/+/fmt/+");

        command("p1", "stop");
        command("p2", "start");
        command("p1", "fence");
        publish(connect("lan", "other"), "iot-2/cmd/fence/fmt/json");

        assertEquals("iot-2/cmd/stop/fmt/json", first.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("iot-2/cmd/fence/fmt/json", first.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("iot-2/cmd/start/fmt/json", second.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertEquals("iot-2/cmd/fence/fmt/json", plain.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
        assertTrue(first.isEmpty() && second.isEmpty() && plain.isEmpty());
    }

    @Test
    void aTopicThatBecomesTooLongCostsItsSenderAlone() throws Exception {
        MqttAsyncClient pump = connect("lan", "d:abc123:pump:p1");
        MqttAsyncClient other = connect("lan", "d:abc123:pump:p2");

        assertThrows(MqttException.class, () -> publish(pump, "iot-2/" + "x".repeat(65535 - 6)));

        await().until(() -> !pump.isConnected());
        publish(other, "iot-2/evt/flow/fmt/json");
        assertEquals("iot-2/type/pump/id/p2/evt/flow/fmt/json", routed.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void whoIsTurnedAwayReadsTheReasonFromTheReturnCode() {
        assertEquals(2, refusal("lan", "d:abc123:pump"));
        assertEquals(2, refusal("lan", "d:abc123:edge-gateway:gw-001"));
        assertEquals(5, refusal("lan", "d:other1:pump:p1"));
        assertEquals(5, refusal("closed", "plain"));
    }

    private void command(String device, String command) {
        TopicName topic = PlatformTopics.command(new DeviceAddress("pump", device), command, "json");
        broker.publish(ClientInfo.inProcess("downlink"), new Message(topic, new byte[0], Qos.AT_LEAST_ONCE, false))
                .toCompletableFuture()
                .join();
    }

    private int refusal(String listener, String clientId) {
        return assertThrows(MqttException.class, () -> connect(listener, clientId))
                .getReasonCode();
    }

    private MqttAsyncClient connect(String listener, String clientId) throws MqttException {
        MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + broker.port(listener), clientId, new MemoryPersistence());
        clients.add(client);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("use-token-auth");
        options.setPassword("any".toCharArray());
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return client;
    }

    private static void publish(MqttAsyncClient client, String topic) throws MqttException {
        client.publish(topic, "1".getBytes(UTF_8), 1, false).waitForCompletion(WAIT_MILLIS);
    }

    private static BlockingQueue<String> subscribe(MqttAsyncClient client, String filter) throws MqttException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        client.subscribe(filter, 1, (topic, message) -> received.add(topic)).waitForCompletion(WAIT_MILLIS);
        return received;
    }
}
