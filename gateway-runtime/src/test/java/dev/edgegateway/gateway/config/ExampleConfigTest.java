package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.sensor.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example every reader of the documentation starts from, as it stands there. */
class ExampleConfigTest {
    @TempDir
    Path folder;

    private ConfigFolder files;

    @BeforeEach
    void writeTheExample() throws IOException {
        try (InputStream in = ExampleConfigTest.class.getResourceAsStream("example.toml")) {
            assertNotNull(in);
            files = new ConfigFolder(folder)
                    .with("gateway.toml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theExampleHasNoProblems() {
        assertEquals(List.of(), files.problems());
    }

    @Test
    void theExampleMeansWhatItSays() throws ConfigException {
        GatewayConfig config = files.config();

        assertEquals(new GatewayIdentity("edge-gateway", "gw-001"), config.gateway());
        assertEquals(folder.resolve("data"), config.dataDir());
        assertEquals(folder.resolve("data"), config.runDir());
        assertEquals(List.of(new ListenerConfig("tcp", "127.0.0.1", 1883, true, false)), config.listeners());
        assertEquals(
                new QueueConfig(
                        512L * 1024 * 1024,
                        Duration.ofDays(30),
                        QueueConfig.WhenFull.DROP_OLDEST,
                        Duration.ofSeconds(1)),
                config.queue());
        assertEquals(
                new UplinkConfig(
                        "uplink",
                        new PlatformUrl(false, "127.0.0.1", 21883),
                        "gw-001",
                        new UplinkConfig.Mqtt(null, null, "edge-gateway/gw-001/status"),
                        500,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(5),
                        Optional.empty()),
                config.uplink());
        assertEquals(
                List.of(new RouteConfig(
                        "bench/#", new RouteConfig.Prefixed(""), Qos.AT_LEAST_ONCE, RouteConfig.Direction.OUT)),
                config.routes());
        assertEquals(
                List.of(new SensorConfig(
                        "board",
                        FakeDriver.SYSTEM,
                        Duration.ofSeconds(10),
                        new TopicName("edge-gateway/sensors/board"),
                        new Options(Map.of("disk", "/")))),
                config.sensors());
    }
}
