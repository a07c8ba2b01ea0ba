package dev.edgegateway.gateway.rehearsal;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.gateway.Gateway;
import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.control.StatusReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A short life of a gateway, so that the JVM can note what it loads and links: started on a store of its own, used by a
 * client at every level, relayed to a broker in the same process, stopped.
 */
public final class TrainingRun {
    private static final int MESSAGES = 300;
    private static final long WAIT_MILLIS = 10_000;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private TrainingRun() {}

    /** Lives that life. */
    public static void run() throws IOException, ConfigException, MqttException, InterruptedException {
        Path directory = Files.createTempDirectory("edge-gateway-training");
        try (LocalBroker platform =
                LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)))) {
            Path file = directory.resolve("gateway.toml");
            Files.writeString(file, configuration(platform.port("tcp")));
            try (Gateway gateway =
                    Gateway.open(ConfigLoader.ofThisProcess().load(file).config(), failure -> {})) {
                exercise(gateway.port("tcp"));
                awaitDrained(gateway);
            }
        } finally {
            delete(directory);
        }
    }

    private static String configuration(int platformPort) {
        return """
                [gateway]
                type_id = "edge-gateway"
                device_id = "training"
                data_dir = "data"
                run_dir = "run"

                [[listener]]
                port = 0
                allow_anonymous = true

                [uplink]
                profile = "mqtt"
                url = "tcp://127.0.0.1:%d"

                [[route]]
                topic = "training/#"

                [[sensor]]
                id = "board"
                driver = "system"
                interval = "1s"
                """.formatted(platformPort);
    }

    private static void exercise(int port) throws MqttException {
        try (MqttAsyncClient client =
                new MqttAsyncClient("tcp://127.0.0.1:" + port, "d:training:type:device", new MemoryPersistence())) {
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(false);
            options.setMaxInflight(MESSAGES + 1);
            client.connect(options).waitForCompletion(WAIT_MILLIS);
            client.subscribe("training/+", 2).waitForCompletion(WAIT_MILLIS);
            byte[] payload = "{\"d\":{\"value\":1}}".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < MESSAGES; i++) {
                client.publish("training/" + i % 5, payload, i % 3, i % 7 == 0);
            }
            client.publish("training/last", payload, 1, false).waitForCompletion(WAIT_MILLIS);
            client.disconnect().waitForCompletion(WAIT_MILLIS);
        }
    }

    private static void awaitDrained(Gateway gateway) throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN.toNanos();
        while (System.nanoTime() < deadline) {
            StatusReport status = gateway.status();
            if (status.queue().delivered() >= MESSAGES && status.queue().depth() == 0) {
                return;
            }
            Thread.sleep(50);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> tree = Files.walk(directory)) {
            paths = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
