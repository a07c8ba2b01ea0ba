package dev.edgegateway.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresenceTest {
    private static final Instant NOW = Instant.parse("2025-03-01T10:20:00.003Z");
    private static final ClientIdentity GATEWAY = new ClientIdentity.Gateway("edge", "gw1");
    private static final String GATEWAY_MON = "iot-2/type/edge/id/gw1/mon";

    private final RecordingBroker broker = new RecordingBroker();
    private final Connections connections = new Connections();
    private final Outlet outlet = broker.outlet();
    private final Entrance entrance = new Entrance(
            "abc123", Credentials.builder().gateway("edge", "gw1", "token").build(), outlet.ready());
    private final Presence presence =
            new Presence(entrance, connections, outlet, InstantSource.fixed(NOW), outlet::port);

    private final ClientInfo gateway =
            RecordingBroker.client("g:abc123:edge:gw1", PlatformNamespace.of(GATEWAY), "use-token-auth");
    private final ClientInfo application = RecordingBroker.client(
            "a:abc123:app", PlatformNamespace.of(new ClientIdentity.Application("app")), "a-abc123-k");

    @Test
    void aConnectIsRetained() {
        presence.connected(gateway);

        Message message = broker.only();
        assertEquals(GATEWAY_MON, message.topic().value());
        assertTrue(message.retain());
        assertEquals(Qos.AT_MOST_ONCE, message.qos());
        assertEquals(
                Map.of(
                        "Action", "Connect",
                        "Time", "2025-03-01T09:00:00.120Z",
                        "ClientAddr", "192.0.2.7",
                        "ClientID", "g:abc123:edge:gw1",
                        "Port", RecordingBroker.PORT,
                        "Secure", false,
                        "Protocol", "mqtt4",
                        "ConnectTime", "2025-03-01T09:00:00.120Z"),
                RecordingBroker.json(message));
    }

    @Test
    void aDisconnectIsRetainedWithItsReasonAndTraffic() {
        presence.connected(gateway);
        broker.only();

        presence.disconnected(gateway, DisconnectReason.KEEP_ALIVE_TIMEOUT, new Traffic(5120, 40, 300, 2), NOW);

        Message message = broker.only();
        assertTrue(message.retain());
        Map<String, Object> fields = RecordingBroker.json(message);
        assertEquals("Disconnect", fields.get("Action"));
        assertEquals("2025-03-01T10:20:00.003Z", fields.get("Time"));
        assertEquals("2025-03-01T09:00:00.120Z", fields.get("ConnectTime"));
        assertEquals(160, fields.get("CloseCode"));
        assertTrue(fields.containsKey("Reason"));
        assertEquals(5120, fields.get("ReadBytes"));
        assertEquals(40, fields.get("ReadMsg"));
        assertEquals(300, fields.get("WriteBytes"));
        assertEquals(2, fields.get("WriteMsg"));
    }

    @Test
    void aNormalEndHasNoCode() {
        Map<String, Object> fields = afterDisconnect(gateway, DisconnectReason.CLIENT_DISCONNECT);

        assertFalse(fields.containsKey("CloseCode"));
        assertFalse(fields.containsKey("Reason"));
    }

    @Test
    void theRuleThatWasBrokenIsTheReason() {
        presence.connected(gateway);
        broker.only();
        connections.condemn(gateway, DisconnectReason.PACKET_TOO_LARGE);
        connections.condemn(gateway, DisconnectReason.INVALID_TOPIC);

        presence.disconnected(gateway, DisconnectReason.INVALID_TOPIC, new Traffic(0, 0, 0, 0), NOW);

        assertEquals(287, RecordingBroker.json(broker.only()).get("CloseCode"));
    }

    @Test
    void aTakeOverLeavesTheNewerConnectInPlace() {
        presence.disconnected(gateway, DisconnectReason.TAKEN_OVER, new Traffic(0, 0, 0, 0), NOW);

        Message message = broker.only();
        assertFalse(message.retain());
        assertEquals(288, RecordingBroker.json(message).get("CloseCode"));

        presence.disconnected(application, DisconnectReason.TAKEN_OVER, new Traffic(0, 0, 0, 0), NOW);
        assertFalse(broker.only().retain());
    }

    @Test
    void whenAnApplicationLeavesItsConnectIsForgotten() {
        presence.connected(application);
        assertEquals("a-abc123-k", RecordingBroker.json(broker.only()).get("User"));

        presence.disconnected(application, DisconnectReason.CLIENT_DISCONNECT, new Traffic(0, 0, 0, 0), NOW);

        Message disconnect = broker.said.removeFirst();
        assertEquals("iot-2/app/app/mon", disconnect.topic().value());
        assertFalse(disconnect.retain());
        Message forgetting = broker.only();
        assertEquals(disconnect.topic(), forgetting.topic());
        assertTrue(forgetting.retain());
        assertEquals(0, forgetting.payload().length);
    }

    @Test
    void aFailedConnectIsToldAndNotRetained() {
        presence.refused(request("g:abc123:edge:gw1", "hunter2", null), "refused");

        Message message = broker.only();
        assertEquals(GATEWAY_MON, message.topic().value());
        assertFalse(message.retain());
        Map<String, Object> fields = RecordingBroker.json(message);
        assertEquals("FailedConnect", fields.get("Action"));
        assertEquals(180, fields.get("CloseCode"));
        assertEquals("2025-03-01T10:20:00.003Z", fields.get("Time"));
        assertFalse(fields.containsKey("ReadBytes"));
        assertFalse(fields.toString().contains("hunter2"));
        assertEquals(1, presence.turnedAway());
    }

    @Test
    void aWillOutsideTheRulesIsTheReasonOfAFailedConnect() {
        presence.refused(request("g:abc123:edge:gw1", "token", "offline"), "the Will");
        assertEquals(276, RecordingBroker.json(broker.only()).get("CloseCode"));

        presence.refused(
                request("g:abc123:edge:gw1", "token", "iot-2/type/edge/id/gw1/evt/status/fmt/json"), "no room");
        assertEquals(92, RecordingBroker.json(broker.only()).get("CloseCode"));
    }

    @Test
    void ofWhomNothingIsKnownNothingIsTold() {
        presence.refused(request("x", "token", null), "refused");
        presence.refused(request("g:abc123:edge:+", "token", null), "refused");
        presence.connected(RecordingBroker.client("$other", Namespace.PLAIN, null));

        assertTrue(broker.said.isEmpty());
        assertEquals(2, presence.turnedAway());
    }

    @ParameterizedTest
    @CsvSource({
        "/192.0.2.7:50000, 192.0.2.7",
        "192.0.2.7:50000, 192.0.2.7",
        "/[2001:db8:0:0:0:0:0:7]:50000, 2001:db8:0:0:0:0:0:7",
        "host/192.0.2.7:1, host/192.0.2.7",
        "somewhere, somewhere"
    })
    void theAddressIsShownWithoutItsPort(String remoteAddress, String host) {
        assertEquals(host, Presence.host(remoteAddress));
    }

    private Map<String, Object> afterDisconnect(ClientInfo client, DisconnectReason reason) {
        presence.disconnected(client, reason, new Traffic(0, 0, 0, 0), NOW);
        return RecordingBroker.json(broker.only());
    }

    private static ConnectRequest request(String clientId, String token, @Nullable String willTopic) {
        Will will = willTopic == null
                ? null
                : new Will(new Message(new TopicName(willTopic), new byte[0], Qos.AT_LEAST_ONCE, true));
        return new ConnectRequest(
                "platform",
                "/192.0.2.7:50000",
                clientId,
                4,
                true,
                60,
                "use-token-auth",
                token.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                will);
    }
}
