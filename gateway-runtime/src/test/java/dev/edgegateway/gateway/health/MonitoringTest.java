package dev.edgegateway.gateway.health;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class MonitoringTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:20:00.003456Z");
    private static final Instant BEFORE = Instant.parse("2026-03-01T09:00:00.120Z");
    private static final String TOPIC = "iot-2/type/pump/id/one/mon";

    private final LocalBroker broker =
            LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)));
    private final Monitoring monitoring = new Monitoring(
            () -> NOW,
            List.of(new BrokerSettings.Listener("tcp", "127.0.0.1", 0, null, new Carrier.WebSocket("/mqtt"))));

    @AfterEach
    void close() {
        broker.close();
    }

    private static ClientInfo device(Namespace namespace) {
        return new ClientInfo(
                "d:org001:pump:one", "use-token-auth", "tcp", "/192.0.2.7:4711", 5, false, namespace, BEFORE);
    }

    private static ClientInfo pump() {
        return device(new DeviceNamespace(new DeviceAddress("pump", "one")));
    }

    private void keep(String payload) {
        broker.publish(
                        ClientInfo.inProcess("test"),
                        new Message(
                                new TopicName(TOPIC), payload.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, true))
                .toCompletableFuture()
                .join();
    }

    private Map<String, Object> kept() {
        List<Message> messages = broker.retained(new TopicFilter(TOPIC), 2);
        return messages.isEmpty()
                ? Map.of()
                : JSON.std.mapFrom(messages.getFirst().payload());
    }

    @Test
    void aDisconnectSaysWhyAndHowMuch() {
        monitoring.attach(broker);
        monitoring.disconnected(pump(), DisconnectReason.KEEP_ALIVE_TIMEOUT, new Traffic(5120, 40, 300, 2), NOW);

        Map<String, Object> expected = Map.ofEntries(
                Map.entry("Action", "Disconnect"),
                Map.entry("Time", "2026-03-01T10:20:00.003Z"),
                Map.entry("ClientAddr", "192.0.2.7"),
                Map.entry("ClientID", "d:org001:pump:one"),
                Map.entry("Port", broker.port("tcp")),
                Map.entry("Secure", false),
                Map.entry("Protocol", "mqtt5-ws"),
                Map.entry("ConnectTime", "2026-03-01T09:00:00.120Z"),
                Map.entry("CloseCode", 160),
                Map.entry("Reason", "nothing heard for one and a half keep-alive intervals"),
                Map.entry("ReadBytes", 5120),
                Map.entry("ReadMsg", 40),
                Map.entry("WriteBytes", 300),
                Map.entry("WriteMsg", 2));
        await().untilAsserted(() -> assertEquals(expected, kept()));
    }

    @Test
    void anOrdinaryClientIsNotSpokenOf() {
        List<Message> said = new CopyOnWriteArrayList<>();
        broker.subscribe("test", new TopicFilter("#"), said::add);
        monitoring.attach(broker);
        monitoring.connected(device(Namespace.PLAIN));
        broker.stats();

        assertEquals(List.of(), said);
    }

    @Test
    void whatHappenedBeforeTheBrokerWasThereIsSaidInItsOrder() {
        monitoring.connected(pump());
        monitoring.disconnected(pump(), DisconnectReason.CLIENT_DISCONNECT, new Traffic(1, 0, 1, 0), NOW);
        monitoring.connected(pump());
        monitoring.attach(broker);

        await().untilAsserted(() -> assertEquals("Connect", kept().get("Action")));
    }

    @Test
    void aDeviceThatWasConnectedWhenTheProcessDiedNoLongerIs() {
        keep("{\"Action\":\"Connect\",\"ClientID\":\"d:org001:pump:one\",\"Port\":1883}");
        monitoring.attach(broker);

        await().untilAsserted(() -> assertEquals("Disconnect", kept().get("Action")));
        assertEquals(92, kept().get("CloseCode"));
        assertEquals("2026-03-01T10:20:00.003Z", kept().get("Time"));
    }

    @Test
    void whatIsNoMonitoringMessageIsLeftAlone() {
        keep("[nonsense");
        monitoring.attach(broker);
        broker.stats();

        byte[] left = broker.retained(new TopicFilter(TOPIC), 1).getFirst().payload();
        assertEquals("[nonsense", new String(left, StandardCharsets.UTF_8));
    }

    @Test
    void aFailedConnectIsSaidAndNotKept() {
        List<Map<String, Object>> said = new CopyOnWriteArrayList<>();
        broker.subscribe("test", new TopicFilter(TOPIC), message -> said.add(JSON.std.mapFrom(message.payload())));
        monitoring.attach(broker);
        monitoring.refused(
                new ConnectRequest("tcp", "/192.0.2.7:1", "d:org001:pump:one", 4, true, 60, "anna", null, null),
                "wrong token");

        await().until(() -> said.size() == 1);
        assertEquals("FailedConnect", said.getFirst().get("Action"));
        assertEquals("wrong token", said.getFirst().get("Reason"));
        assertEquals("anna", said.getFirst().get("User"));
        assertTrue(kept().isEmpty());
    }
}
