package dev.edgegateway.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.control.BrokerView;
import dev.edgegateway.gateway.control.ControlClient;
import dev.edgegateway.gateway.control.ControlException;
import dev.edgegateway.gateway.control.ControlSocket;
import dev.edgegateway.gateway.control.StatusReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** What an operator sees of a running gateway. */
class OperatorsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String QUICK = """
            [broker]
            sys_interval = "100ms"

            [[route]]
            topic = "#"
            type = "sensor"
            device = "all"
            event = "any"
            """;

    @TempDir
    Path directory;

    private ControlClient control() {
        return new ControlClient(ControlSocket.pathFor(directory.resolve("data")));
    }

    /** The newest payload of each topic. */
    private static Map<String, String> newest(TestDevice watcher) {
        Map<String, String> newest = new HashMap<>();
        watcher.received().forEach(message -> newest.put(message.topic(), message.payload()));
        return newest;
    }

    private static List<Map<String, Object>> said(TestDevice watcher) {
        return watcher.received().stream()
                .map(TestDevice.Received::payload)
                .map(JSON.std::mapFrom)
                .toList();
    }

    @Test
    void theFiguresOfTheBrokerAreReadUnderTheirUsualNames() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory, QUICK)) {
            TestDevice watcher = harness.client("watcher").subscribe("$SYS/#");
            harness.client("busy").publish("a/b", 1, "12345");

            await().atMost(SOON).untilAsserted(() -> {
                Map<String, String> seen = newest(watcher);
                assertEquals("2", seen.get("$SYS/broker/clients/connected"));
                assertEquals("1", seen.get("$SYS/broker/subscriptions/count"));
                assertEquals("5", seen.get("$SYS/broker/publish/bytes/received"));
                assertTrue(seen.getOrDefault("$SYS/broker/uptime", "").matches("\\d+ seconds"), seen::toString);
                assertTrue(
                        seen.getOrDefault("$SYS/broker/version", "").startsWith("edge-gateway version "),
                        seen::toString);
                assertTrue(
                        Double.parseDouble(seen.getOrDefault("$SYS/broker/load/bytes/received/1min", "0")) > 0,
                        seen::toString);
                assertTrue(
                        Integer.parseInt(seen.getOrDefault("$SYS/broker/retained messages/count", "0")) > 40,
                        seen::toString);
                assertEquals("connected", seen.get("$SYS/gateway/uplink/state"));
                assertEquals(
                        1,
                        seen.entrySet().stream()
                                .filter(entry -> entry.getKey().matches("\\$SYS/broker/connection/[^/]+/state"))
                                .filter(entry -> entry.getValue().equals("1"))
                                .count());
                assertTrue(Long.parseLong(seen.getOrDefault("$SYS/gateway/store/commits", "0")) > 0, seen::toString);
            });
            harness.platform().sever();
            await().atMost(SOON)
                    .until(() -> newest(watcher).entrySet().stream()
                            .anyMatch(entry -> entry.getKey().startsWith("$SYS/broker/connection/")
                                    && entry.getValue().equals("0")));
        }
    }

    @Test
    void nothingOfItIsKeptOverARestartOrGoesUp() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory, QUICK.replace("100ms", "1h"))) {
            await().atMost(SOON)
                    .until(() -> !control()
                            .ask(
                                    BrokerView.RetainedTopics.class,
                                    Map.of("command", "retained-list", "filter", "$SYS/#"))
                            .topics()
                            .isEmpty());
            harness.client("witness").publish("a/b", 1, "goes up");
            await().atMost(SOON)
                    .until(() -> harness.platform().arrived().stream()
                            .anyMatch(message -> message.payload().equals("goes up")));
            assertFalse(harness.platform().arrived().stream()
                    .anyMatch(message -> message.payload().contains("seconds")));
        }
        try (GatewayHarness harness = GatewayHarness.open(directory, QUICK.replace("100ms", "0s"))) {
            TestDevice watcher = harness.client("watcher").subscribe("$SYS/#").subscribe("edge-gateway/status");
            await().atMost(SOON).until(() -> !watcher.received().isEmpty());
            assertFalse(watcher.received().stream()
                    .anyMatch(message -> message.topic().startsWith("$SYS")));
        }
    }

    @Test
    void aDeviceIsMonitoredAsThePlatformDoesIt() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory, QUICK)) {
            TestDevice first = harness.device("one");
            TestDevice watcher = harness.client("watcher").subscribe("iot-2/type/pump/id/one/mon");
            await().atMost(SOON).until(() -> watcher.received().size() == 1);
            Map<String, Object> connect = said(watcher).getFirst();
            assertEquals("Connect", connect.get("Action"));
            assertEquals("d:org001:pump:one", connect.get("ClientID"));
            assertEquals("127.0.0.1", connect.get("ClientAddr"));
            assertEquals(harness.port(), connect.get("Port"));
            assertEquals("mqtt4", connect.get("Protocol"));
            assertEquals(false, connect.get("Secure"));
            assertFalse(connect.containsKey("CloseCode"));

            harness.device("one");
            await().atMost(SOON).until(() -> watcher.received().size() == 3 && !first.isConnected());
            assertEquals(288, said(watcher).get(1).get("CloseCode"));
            TestDevice later = harness.client("later").subscribe("iot-2/type/pump/id/one/mon");
            await().atMost(SOON).until(() -> later.received().size() == 1);
            assertEquals("Connect", said(later).getFirst().get("Action"), "the newer connection stands");

            control().ask(BrokerView.Done.class, Map.of("command", "client-kick", "id", "d:org001:pump:one"));
            await().atMost(SOON).until(() -> later.received().size() == 2);
            Map<String, Object> kicked = said(later).get(1);
            assertEquals("Disconnect", kicked.get("Action"));
            assertEquals(94, kicked.get("CloseCode"));
            assertEquals("disconnected by the administrator", kicked.get("Reason"));
            assertFalse(harness.platform().arrived().stream()
                    .anyMatch(message -> message.payload().contains("ClientAddr")));
        }
    }

    @Test
    void theControlSocketListsShowsAndKicksClients() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            TestDevice one = harness.client("one").subscribe("x/+");
            harness.client("two").subscribe("x/+").subscribe("y");

            BrokerView.Clients clients = control().ask(BrokerView.Clients.class, Map.of("command", "client-list"));
            assertEquals(
                    List.of("one", "two"),
                    clients.clients().stream().map(BrokerView.Client::id).toList());
            BrokerView.ClientDetail two =
                    control().ask(BrokerView.ClientDetail.class, Map.of("command", "client-show", "id", "two"));
            assertEquals(List.of("x/+", "y"), two.subscribed());
            assertTrue(control()
                    .ask(BrokerView.Topics.class, Map.of("command", "topic-list"))
                    .topics()
                    .contains(new BrokerView.Topic("x/+", 2, false)));

            control().ask(BrokerView.Done.class, Map.of("command", "client-kick", "id", "one"));
            await().atMost(SOON).until(() -> !one.isConnected());
            ControlException e = assertThrows(
                    ControlException.class,
                    () -> control().ask(BrokerView.Done.class, Map.of("command", "client-kick", "id", "nobody")));
            assertEquals("there is no client 'nobody'", e.said());
        }
    }

    @Test
    void retainedMessagesAreListedAndCleared() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            Map<String, Object> list = Map.of("command", "retained-list", "filter", "edge-gateway/#");
            await().atMost(SOON).until(() -> !retained(list).isEmpty());
            assertEquals("edge-gateway/status", retained(list).getFirst().topic());
            await().atMost(SOON)
                    .until(() -> harness.gateway().status().uplink().state() == StatusReport.UplinkState.CONNECTED);

            BrokerView.Done done = control()
                    .ask(BrokerView.Done.class, Map.of("command", "retained-clear", "filter", "edge-gateway/status"));
            assertEquals(1, done.count());
            ControlException e = assertThrows(
                    ControlException.class,
                    () -> control().ask(BrokerView.Done.class, Map.of("command", "retained-clear", "filter", "a+")));
            assertTrue(e.said().contains("'+' must fill a whole level"), e.said());
        }
    }

    private List<BrokerView.Retained> retained(Map<String, Object> list) throws IOException {
        return control().ask(BrokerView.RetainedTopics.class, list).topics();
    }
}
