package dev.edgegateway.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.GatewayHarness.FakePlatform;
import dev.edgegateway.gateway.GatewayHarness.FakePlatform.Arrived;
import dev.edgegateway.gateway.rehearsal.DeliveryCertificate;
import dev.edgegateway.gateway.rehearsal.DeliveryLedger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process, ended by SIGKILL while messages arrive, and what its clients and the platform have seen. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GatewayKillTest {
    private static final int KILLS = 6;

    @TempDir
    Path directory;

    private static String uplink(int platformPort) {
        return """
                [uplink]
                profile = "mqtt"
                url = "tcp://127.0.0.1:%d"
                reconnect_min = "100ms"
                reconnect_max = "1s"

                [[route]]
                topic = "bench/#"
                """.formatted(platformPort);
    }

    /** Publishes with a window in flight, and books what was acknowledged. */
    private static final class Publisher implements AutoCloseable {
        private final String topic;
        private final DeliveryLedger ledger;
        private final int port;
        private @Nullable MqttAsyncClient client;
        private long next = 1;

        Publisher(String name, int port, DeliveryLedger ledger) {
            this.topic = "bench/" + name;
            this.port = port;
            this.ledger = ledger;
        }

        /** Publishes until the count is reached or the connection breaks; what was not acknowledged comes again. */
        void publish(int count, int qos) {
            try {
                MqttAsyncClient connected = client != null && client.isConnected() ? client : connect();
                for (int i = 0; i < count; i++) {
                    long sequence = next;
                    connected
                            .publish(topic, Long.toString(sequence).getBytes(StandardCharsets.UTF_8), qos, false)
                            .waitForCompletion(5000);
                    ledger.acknowledged(topic, sequence);
                    next = sequence + 1;
                }
            } catch (MqttException broken) {
                close();
            }
        }

        private MqttAsyncClient connect() throws MqttException {
            MqttAsyncClient fresh =
                    new MqttAsyncClient("tcp://127.0.0.1:" + port, topic.replace('/', '-'), new MemoryPersistence());
            MqttConnectOptions options = new MqttConnectOptions();
            options.setCleanSession(true);
            fresh.connect(options).waitForCompletion(5000);
            client = fresh;
            return fresh;
        }

        @Override
        public void close() {
            try {
                if (client != null) {
                    client.disconnectForcibly(0, 10, false);
                    client.close(true);
                    client = null;
                }
            } catch (MqttException | RuntimeException e) {
                client = null;
            }
        }
    }

    @Test
    void nothingAcknowledgedIsMissingAfterKillsAtRandomMoments() throws Exception {
        Random random = new Random(20261120);
        DeliveryLedger ledger = new DeliveryLedger();
        try (FakePlatform platform = new FakePlatform();
                GatewayProcess gateway = GatewayProcess.start(directory, uplink(platform.port()))) {
            Publisher[] publishers = {
                new Publisher("one", gateway.port(), ledger), new Publisher("two", gateway.port(), ledger)
            };
            for (int kill = 0; kill < KILLS; kill++) {
                if (random.nextBoolean()) {
                    platform.sever();
                } else {
                    platform.heal();
                }
                Thread one = Thread.ofVirtual().start(() -> publishers[0].publish(100_000, 1));
                Thread two = Thread.ofVirtual().start(() -> publishers[1].publish(100_000, 2));
                long target = ledger.certificate().acknowledged() + 20 + random.nextInt(400);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> ledger.certificate().acknowledged() >= target);
                gateway.killAndRestart();
                one.join();
                two.join();
            }
            platform.heal();
            for (Publisher publisher : publishers) {
                publisher.publish(50, 1);
                publisher.close();
            }
            DeliveryCertificate acknowledged = ledger.certificate();
            assertTrue(acknowledged.acknowledged() > KILLS * 20);
            int[] booked = {0};
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (; booked[0] < platform.arrived().size(); booked[0]++) {
                    Arrived message = platform.arrived().get(booked[0]);
                    if (message.topic().startsWith("bench/")) {
                        ledger.delivered(message.topic(), Long.parseLong(message.payload()));
                    }
                }
                return ledger.certificate().lost() == 0;
            });
            DeliveryCertificate certificate = ledger.certificate();
            assertEquals(0, certificate.lost());
            assertEquals(0, certificate.outOfOrder());
            assertTrue(
                    certificate.duplicates() <= KILLS * 501L,
                    () -> "at most a window and one repeat for each kill: " + certificate.toText());
            assertEquals(0, gateway.stop());
        }
    }

    @Test
    void twentyThousandMessagesOfAnOutageSurviveAKillAndArriveInOrder() throws Exception {
        int count = 20_000;
        try (FakePlatform platform = new FakePlatform();
                GatewayProcess gateway = GatewayProcess.start(directory, uplink(platform.port()))) {
            platform.sever();
            try (MqttAsyncClient client =
                    new MqttAsyncClient("tcp://127.0.0.1:" + gateway.port(), "bulk", new MemoryPersistence())) {
                MqttConnectOptions options = new MqttConnectOptions();
                options.setMaxInflight(1000);
                client.connect(options).waitForCompletion(5000);
                for (int i = 1; i <= count; i++) {
                    byte[] payload = Integer.toString(i).getBytes(StandardCharsets.UTF_8);
                    if (i % 800 == 0) {
                        await().pollInterval(Duration.ofMillis(5)).until(() -> client.getInFlightMessageCount() < 100);
                    }
                    client.publish("bench/bulk", payload, 1, false);
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> client.getInFlightMessageCount() == 0);
                client.disconnectForcibly(0, 100);
            }
            gateway.killAndRestart();
            platform.heal();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> platform.arrived().stream()
                                    .filter(message -> message.topic().equals("bench/bulk"))
                                    .count()
                            >= count);
            long expected = 1;
            for (Arrived message : platform.arrived()) {
                if (message.topic().equals("bench/bulk")) {
                    assertEquals(Long.toString(expected++), message.payload());
                }
            }
        }
    }
}
