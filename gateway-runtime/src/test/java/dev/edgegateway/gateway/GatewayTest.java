package dev.edgegateway.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.GatewayHarness.FakePlatform.Arrived;
import dev.edgegateway.gateway.control.StatusReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole path in one process. */
class GatewayTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private static void connected(GatewayHarness harness) {
        await().atMost(SOON)
                .until(() -> harness.gateway().status().uplink().state() == StatusReport.UplinkState.CONNECTED);
    }

    @Test
    void eventsPublishedWhileThePlatformIsAwayArriveInOrderWhenItReturns() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            harness.platform().sever();
            TestDevice pump = harness.device("pump-1");
            String[] values =
                    IntStream.rangeClosed(1, 500).mapToObj(i -> "v" + i).toArray(String[]::new);
            pump.event("flow", values);
            harness.platform().heal();
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertEquals(List.of(values), harness.platform().payloads("pump/id/pump-1")));
            await().atMost(SOON).until(() -> harness.gateway().status().queue().depth() == 0);
        }
    }

    @Test
    void aPlainClientsTopicsGoUpAsEventsOfTheirDevices() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            harness.client("logger").publish("sensors/cellar/humidity", 2, "61").publish("other/topic", 1, "stays");
            await().atMost(SOON)
                    .until(() -> harness.platform()
                            .arrived()
                            .contains(new Arrived("iot-2/type/sensor/id/cellar/evt/humidity/fmt/json", "61")));
            assertFalse(harness.platform().arrived().stream()
                    .anyMatch(message -> message.payload().equals("stays")));
        }
    }

    @Test
    void commandsReachTheDeviceTheyAreForAndNoOther() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            TestDevice one = harness.device("one").subscribe("iot-2/cmd/+/fmt/+");
            TestDevice two = harness.device("two").subscribe("iot-2/cmd/+/fmt/+");
            harness.platform().command("pump/id/two", "stop", "{}");
            await().atMost(SOON).until(() -> two.received().size() == 1);
            assertEquals(
                    new TestDevice.Received("iot-2/cmd/stop/fmt/json", "{}"),
                    two.received().getFirst());
            assertTrue(one.received().isEmpty());
            assertTrue(harness.platform().payloads("pump/id/two").isEmpty(), "what came down must not go up again");
        }
    }

    @Test
    void aCommandForASleepingDeviceIsDeliveredWhenItWakesEvenAfterARestart() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            harness.device("sleepy").subscribe("iot-2/cmd/+/fmt/+").close();
            harness.platform().command("pump/id/sleepy", "open", "{\"valve\":1}");
            await().atMost(SOON).until(() -> harness.gateway().status().broker().queuedMessages() == 1);
            harness.restart();
            TestDevice awake = harness.device("sleepy");
            await().atMost(SOON).until(() -> awake.received().size() == 1);
        }
    }

    @Test
    void theStatusAtThePlatformFollowsTheLinkAndTheProcess() throws Exception {
        String topic = "iot-2/type/edge-gateway/id/gw-001/evt/status/fmt/json";
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            List<String> said = List.of("online", "offline", "online", "offline", "online");
            harness.platform().sever();
            await().atMost(SOON)
                    .until(() -> harness.platform().arrived().stream()
                            .anyMatch(message -> message.payload().contains("connection lost")));
            harness.platform().heal();
            connected(harness);
            harness.restart();
            connected(harness);
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(
                            said,
                            harness.platform().arrived().stream()
                                    .filter(message -> message.topic().equals(topic))
                                    .map(message -> message.payload().contains("\"online\"") ? "online" : "offline")
                                    .toList()));
            List<String> all = harness.platform().arrived().stream()
                    .filter(message -> message.topic().equals(topic))
                    .map(Arrived::payload)
                    .toList();
            assertTrue(all.get(0).contains("\"generation\":1"), all.get(0));
            assertTrue(all.get(3).contains("\"reason\":\"stopped\""), all.get(3));
            assertTrue(all.get(4).contains("\"generation\":2"), all.get(4));
        }
    }

    @Test
    void theLocalStatusIsRetainedAndSaysHowItStandsWithThePlatform() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            TestDevice watcher = harness.client("watcher");
            await().atMost(SOON).until(() -> {
                watcher.subscribe("edge-gateway/status");
                return watcher.received().stream()
                        .anyMatch(message -> message.payload().contains("\"uplink\":\"connected\""));
            });
            harness.platform().sever();
            await().atMost(SOON)
                    .until(() -> watcher.received().getLast().payload().contains("waiting")
                            || watcher.received().getLast().payload().contains("connecting"));
        }
    }

    @Test
    void aSensorOfTheBoardIsSeenOnTheLanAndAtThePlatform() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory, """
                [[sensor]]
                id = "board"
                driver = "system"
                interval = "200ms"
                """)) {
            TestDevice lan = harness.client("lan").subscribe("edge-gateway/sensors/board");
            await().atMost(SOON).until(() -> !lan.received().isEmpty());
            assertTrue(lan.received().getFirst().payload().startsWith("{\"d\":{"));
            await().atMost(SOON)
                    .until(() -> harness.platform().arrived().stream()
                            .anyMatch(message ->
                                    message.topic().equals("iot-2/type/edge-gateway/id/gw-001/evt/board/fmt/json")));
            StatusReport.Sensor board = harness.gateway().status().sensors().getFirst();
            assertEquals(StatusReport.SensorState.GOOD, board.state());
            assertFalse(board.values().isEmpty());
        }
    }

    @Test
    void anEventTooLargeForThePlatformCostsItsSenderTheConnection() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            TestDevice greedy = harness.device("greedy");
            assertThrows(MqttException.class, () -> greedy.event("dump", "x".repeat(131_073)));
            await().atMost(SOON).until(() -> !greedy.isConnected());
            harness.device("modest").event("dump", "x".repeat(131_072));
            await().atMost(SOON)
                    .until(() -> harness.platform().payloads("pump/id/modest").size() == 1);
        }
    }

    @Test
    void whatWasQueuedBeforeARestartGoesUpAfterIt() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            harness.platform().sever();
            TestDevice pump = harness.device("p");
            pump.event("flow", "1", "2", "3");
            harness.restart();
            assertEquals(3, harness.gateway().status().queue().depth());
            harness.platform().heal();
            await().atMost(SOON)
                    .untilAsserted(() -> assertEquals(
                            List.of("1", "2", "3"), harness.platform().payloads("pump/id/p")));
        }
    }

    @Test
    void aPlatformThatSwallowsEverythingIsNoticedAndNothingIsLost() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            connected(harness);
            harness.platform().blackHole();
            TestDevice pump = harness.device("p");
            pump.event("flow", "1", "2", "3");
            harness.platform().sever();
            harness.platform().heal();
            await().atMost(SOON)
                    .until(() -> harness.platform().payloads("pump/id/p").containsAll(List.of("1", "2", "3")));
        }
    }

    @Test
    void aSecondGatewayOnTheSameStoreIsRefusedAndTheFirstGoesOn() throws Exception {
        try (GatewayHarness harness = GatewayHarness.open(directory)) {
            assertThrows(
                    RuntimeException.class, () -> GatewayHarness.open(directory).close());
            harness.device("p").event("flow", "still here");
        }
    }
}
