package dev.edgegateway.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Authorizer.PublishVerdict;
import dev.edgegateway.broker.Authorizer.SubscribeVerdict;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicGuardTest {
    private static final int MAX_PAYLOAD = 1000;
    private static final ClientIdentity.Gateway GATEWAY = new ClientIdentity.Gateway("edge", "gw1");
    private static final String PUMP_EVENT = "iot-2/type/pump/id/p1/evt/flow/fmt/json";

    private final RecordingBroker broker = new RecordingBroker();
    private final Outlet outlet = broker.outlet();
    private final Connections connections = new Connections();
    private final Registry registry = new Registry(2);
    private final Notifications notifications =
            new Notifications(outlet, InstantSource.fixed(Instant.parse("2025-03-01T10:15:02.417Z")));
    private final TopicGuard guard = new TopicGuard(connections, notifications, registry, outlet, MAX_PAYLOAD);

    private final ClientInfo gateway = RecordingBroker.client("g:abc123:edge:gw1", GATEWAY);
    private final ClientInfo device =
            RecordingBroker.client("d:abc123:pump:p9", new ClientIdentity.Device("pump", "p9"));
    private final ClientInfo application =
            RecordingBroker.client("a:abc123:app", new ClientIdentity.Application("app"));

    @BeforeEach
    void everyoneIsConnected() {
        Stream.of(gateway, device, application).forEach(connections::opened);
    }

    @Test
    void whatTheRulesAllowIsRoutedAndCounted() {
        assertEquals(PublishVerdict.ALLOW, publish(device, "iot-2/evt/flow/fmt/json"));
        assertEquals(PublishVerdict.ALLOW, publish(gateway, "iot-2/type/cmd/id/evt/evt/cmd/fmt/json"));
        assertEquals(PublishVerdict.ALLOW, publish(application, "iot-2/type/evt/id/evt/cmd/evt/fmt/json"));
        assertEquals(PublishVerdict.ALLOW, publish(device, "iotdevice-1/mgmt/manage"));

        assertEquals(2, guard.events());
        assertEquals(1, guard.commands());
        assertEquals(0, guard.ignored());
        assertTrue(broker.said.isEmpty());
    }

    @Test
    void devicesAndApplicationsThatBreakARuleAreDisconnectedWith276() {
        assertEquals(PublishVerdict.DISCONNECT, publish(device, PUMP_EVENT));
        assertEquals(PublishVerdict.DISCONNECT, publish(application, "iot-2/evt/flow/fmt/json"));

        assertEquals(276, closeCode(device));
        assertEquals(276, closeCode(application));
        assertTrue(broker.said.isEmpty());
    }

    @Test
    void aGatewayThatBreaksARuleIsNotifiedAndStays() {
        assertEquals(PublishVerdict.IGNORE, publish(gateway, "iot-2/type/pump/id/p1/cmd/stop/fmt/json"));

        Message notification = broker.only();
        assertEquals("iot-2/type/edge/id/gw1/notify", notification.topic().value());
        assertEquals(Qos.AT_MOST_ONCE, notification.qos());
        assertFalse(notification.retain());
        Map<String, Object> fields = RecordingBroker.json(notification);
        assertEquals("Publish", fields.get("Request"));
        assertEquals("2025-03-01T10:15:02.417Z", fields.get("Time"));
        assertEquals("iot-2/type/pump/id/p1/cmd/stop/fmt/json", fields.get("Topic"));
        assertEquals("g:abc123:edge:gw1", fields.get("Client"));
        assertEquals(276, fields.get("RC"));
        assertFalse(fields.containsKey("Type"));
        assertFalse(fields.containsKey("Id"));
        assertEquals(1, guard.ignored());
        assertEquals(1, notifications.sent());
        assertEquals(0, closeCode(gateway));
    }

    @Test
    void theDeviceFormOfATopicIsNotAGateways() {
        assertEquals(PublishVerdict.IGNORE, publish(gateway, "iot-2/evt/flow/fmt/json"));
        assertEquals(276, RecordingBroker.json(broker.only()).get("RC"));
    }

    @Test
    void aBadWillOfAGatewayCostsItTheConnection() {
        ClientInfo connecting = RecordingBroker.client("g:abc123:edge:gw2", new ClientIdentity.Gateway("edge", "gw2"));

        assertEquals(PublishVerdict.DISCONNECT, publish(connecting, "offline"));
        assertTrue(broker.said.isEmpty());
    }

    @Test
    void aGoodWillIsNotCountedAsAnEvent() {
        ClientInfo connecting = RecordingBroker.client("g:abc123:edge:gw2", new ClientIdentity.Gateway("edge", "gw2"));

        assertEquals(PublishVerdict.ALLOW, publish(connecting, "iot-2/type/edge/id/gw2/evt/status/fmt/json"));
        assertEquals(0, guard.events());
    }

    @Test
    void aGatewayRegistersTheDevicesItSpeaksFor() {
        publish(gateway, PUMP_EVENT);
        publish(gateway, PUMP_EVENT);
        publish(gateway, "iot-2/type/edge/id/gw1/evt/status/fmt/json");

        assertEquals(Set.of("pump:p1"), registry.devicesOf(GATEWAY));
        assertEquals(Set.of(), registry.devicesOf(new ClientIdentity.Gateway("edge", "other")));
    }

    @Test
    void devicesBeyondTheBoundAreNotifiedWith173AndTheOthersGoOn() {
        publish(gateway, PUMP_EVENT);
        publish(gateway, PUMP_EVENT.replace("p1", "p2"));

        assertEquals(PublishVerdict.IGNORE, publish(gateway, PUMP_EVENT.replace("p1", "p3")));

        Map<String, Object> fields = RecordingBroker.json(broker.only());
        assertEquals(173, fields.get("RC"));
        assertEquals("pump", fields.get("Type"));
        assertEquals("p3", fields.get("Id"));
        assertEquals(PublishVerdict.ALLOW, publish(gateway, PUMP_EVENT));
        assertEquals(Set.of("pump:p1", "pump:p2"), registry.devicesOf(GATEWAY));
    }

    @Test
    void aTypeOrIdThatCannotBeIsNotifiedWithItsName() {
        assertEquals(PublishVerdict.IGNORE, publish(gateway, "iot-2/type/pump/id/p 1/evt/flow/fmt/json"));

        Map<String, Object> fields = RecordingBroker.json(broker.only());
        assertEquals(276, fields.get("RC"));
        assertEquals("p 1", fields.get("Id"));
    }

    @Test
    void payloadAndLongTopicsShareOneLimit() {
        String longTopic = "iot-2/evt/" + "x".repeat(181 + 19) + "/fmt/json";
        assertEquals(219, longTopic.length());

        assertEquals(PublishVerdict.ALLOW, publish(device, "iot-2/evt/flow/fmt/json", MAX_PAYLOAD));
        assertEquals(PublishVerdict.ALLOW, publish(device, longTopic, MAX_PAYLOAD - 19));
        assertEquals(0, closeCode(device));
        connections.opened(device);
        assertEquals(PublishVerdict.DISCONNECT, publish(device, longTopic, MAX_PAYLOAD - 18));
        assertEquals(287, closeCode(device));
        assertEquals(PublishVerdict.DISCONNECT, publish(gateway, PUMP_EVENT, MAX_PAYLOAD + 1));
        assertEquals(287, closeCode(gateway));
        assertTrue(broker.said.isEmpty());
    }

    @Test
    void oneBadFilterOfAGatewayRefusesThemAll() {
        List<SubscribeVerdict> verdicts = subscribe(
                gateway,
                "iot-2/type/+/id/+/cmd/+/fmt/+",
                "iot-2/type/+/id/+/evt/+/fmt/+",
                "iot-2/cmd/+/fmt/+",
                "iot-2/mon");

        assertEquals(Collections.nCopies(4, SubscribeVerdict.REFUSE), verdicts);
        assertEquals(
                List.of("iot-2/type/+/id/+/evt/+/fmt/+", "iot-2/cmd/+/fmt/+"),
                broker.said.stream()
                        .map(RecordingBroker::json)
                        .map(fields -> fields.get("Topic"))
                        .toList());
        assertEquals("Subscribe", RecordingBroker.json(broker.said.getFirst()).get("Request"));
        assertEquals(0, closeCode(gateway));
    }

    @Test
    void goodFiltersAreGranted() {
        assertEquals(
                Collections.nCopies(2, SubscribeVerdict.GRANT),
                subscribe(gateway, "iot-2/type/+/id/+/cmd/+/fmt/+", "iot-2/type/edge/id/gw1/notify"));
        assertEquals(List.of(SubscribeVerdict.GRANT), subscribe(device, "iot-2/cmd/+/fmt/+"));
        assertTrue(broker.said.isEmpty());
    }

    @Test
    void subscribingForOneDeviceRegistersIt() {
        assertEquals(List.of(SubscribeVerdict.GRANT), subscribe(gateway, "iot-2/type/pump/id/p1/cmd/+/fmt/+"));
        subscribe(gateway, "iot-2/type/pump/id/+/cmd/+/fmt/+");
        subscribe(gateway, "iot-2/type/pump/id/p2/cmd/+/fmt/+", "iot-2/mon");
        subscribe(gateway, "iotdm-1/type/pump/id/p3/#");
        subscribe(gateway, "iot-2/mon");

        assertEquals(Set.of("pump:p1"), registry.devicesOf(GATEWAY));
    }

    @Test
    void subscribingBeyondTheBoundIsRefusedAndNotified() {
        subscribe(gateway, "iot-2/type/pump/id/p1/cmd/+/fmt/+");
        subscribe(gateway, "iot-2/type/pump/id/p2/cmd/+/fmt/+");

        assertEquals(List.of(SubscribeVerdict.REFUSE), subscribe(gateway, "iot-2/type/pump/id/p3/cmd/+/fmt/+"));
        assertEquals(173, RecordingBroker.json(broker.only()).get("RC"));
    }

    @Test
    void aBadFilterOfADeviceOrApplicationCostsItTheConnection() {
        assertTrue(subscribe(device, "iot-2/cmd/+/fmt/+", "iot-2/cmd/#").contains(SubscribeVerdict.DISCONNECT));
        assertTrue(subscribe(application, "#").contains(SubscribeVerdict.DISCONNECT));

        assertEquals(276, closeCode(device));
        assertEquals(276, closeCode(application));
    }

    @Test
    void unsubscribingFromWhatCannotBeChangesNothing() {
        List<TopicFilter> bad = List.of(new TopicFilter("iot-2/mon"), new TopicFilter("#"));

        assertFalse(guard.onUnsubscribe(gateway, bad));
        assertEquals("Unsubscribe", RecordingBroker.json(broker.only()).get("Request"));
        assertTrue(broker.disconnected.isEmpty());

        assertFalse(guard.onUnsubscribe(device, bad));
        assertEquals(List.of("d:abc123:pump:p9 276"), broker.disconnected);

        assertTrue(guard.onUnsubscribe(application, List.of(new TopicFilter("iot-2/type/+/id/+/mon"))));
    }

    private PublishVerdict publish(ClientInfo client, String topic) {
        return publish(client, topic, 2);
    }

    private PublishVerdict publish(ClientInfo client, String topic, int payloadBytes) {
        TopicName name = new TopicName(topic);
        return guard.onPublish(client, name, new Message(name, new byte[payloadBytes], Qos.AT_LEAST_ONCE, false));
    }

    private List<SubscribeVerdict> subscribe(ClientInfo client, String... filters) {
        return guard.onSubscribe(
                client, Stream.of(filters).map(TopicFilter::new).toList());
    }

    private int closeCode(ClientInfo client) {
        return connections.closed(client, DisconnectReason.CLIENT_DISCONNECT).code();
    }
}
