package dev.edgegateway.gateway;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.config.ConfigException;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.rehearsal.SeverableProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The one stage for integration: a gateway with its store in a folder of the test, a second broker as the platform, and
 * between the two a wire that can be cut.
 */
final class GatewayHarness implements AutoCloseable {
    static final String TYPE = "edge-gateway";
    static final String ID = "gw-001";

    private final Path directory;
    private final String extra;
    private final FakePlatform platform;
    private final List<AutoCloseable> clients = new ArrayList<>();
    private Gateway gateway;

    private GatewayHarness(Path directory, String extra) throws Exception {
        this.directory = directory;
        this.extra = extra;
        this.platform = new FakePlatform();
        this.gateway = Gateway.open(config(), failure -> {});
    }

    /** With the platform's own protocol, and a route for plain clients. */
    static GatewayHarness open(Path directory) throws Exception {
        return open(directory, """
                [[route]]
                topic = "sensors/{device}/{event}"
                type = "sensor"
                """);
    }

    /** @param extra TOML after the parts every test needs. */
    static GatewayHarness open(Path directory, String extra) throws Exception {
        return new GatewayHarness(directory, extra);
    }

    private GatewayConfig config() throws IOException, ConfigException {
        Path token = directory.resolve("token");
        Files.writeString(token, "not-a-secret");
        Path file = directory.resolve("gateway.toml");
        Files.writeString(file, toml("data", platform.port(), extra));
        return ConfigLoader.ofThisProcess().load(file).config();
    }

    /** A gateway on a free port, with reconnects as quick as the configuration allows. */
    static String toml(String dataDir, int platformPort, String extra) {
        return """
                [gateway]
                type_id = "%s"
                device_id = "%s"
                data_dir = "%s"

                [[listener]]
                bind = "127.0.0.1"
                port = 0
                allow_anonymous = true

                [uplink]
                profile = "iot-2"
                organization = "org001"
                url = "tcp://127.0.0.1:%d"
                token_file = "token"
                reconnect_min = "100ms"
                reconnect_max = "1s"

                %s
                """.formatted(TYPE, ID, dataDir, platformPort, extra);
    }

    Gateway gateway() {
        return gateway;
    }

    FakePlatform platform() {
        return platform;
    }

    int port() {
        return gateway.port("tcp");
    }

    /** A platform-style device with a kept session. */
    TestDevice device(String id) throws Exception {
        return own(TestDevice.connect(port(), "d:org001:pump:" + id, false));
    }

    /** A plain client with a clean session. */
    TestDevice client(String clientId) throws Exception {
        return own(TestDevice.connect(port(), clientId, true));
    }

    private <T extends AutoCloseable> T own(T client) {
        clients.add(client);
        return client;
    }

    /** Stops the gateway as SIGTERM would and starts it again on the same store. */
    void restart() throws Exception {
        gateway.close();
        gateway = Gateway.open(config(), failure -> {});
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        gateway.close();
        platform.close();
    }

    /** The far side: takes everything, remembers it in the order of arrival, and can be cut off. */
    static final class FakePlatform implements AutoCloseable {
        record Arrived(String topic, String payload) {}

        private final LocalBroker broker =
                LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)));
        private final SeverableProxy proxy =
                SeverableProxy.open(new InetSocketAddress("127.0.0.1", broker.port("tcp")));
        private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

        FakePlatform() {
            broker.subscribe(
                    "platform",
                    new TopicFilter("#"),
                    message -> arrived.add(new Arrived(
                            message.topic().value(), new String(message.payload(), StandardCharsets.UTF_8))));
        }

        int port() {
            return proxy.port();
        }

        void sever() {
            proxy.sever();
        }

        void blackHole() {
            proxy.blackHole();
        }

        void heal() {
            proxy.heal();
        }

        LocalBroker broker() {
            return broker;
        }

        List<Arrived> arrived() {
            return arrived;
        }

        /** Payloads of the events of one device, in the order of arrival. */
        List<String> payloads(String typeAndId) {
            String start = "iot-2/type/" + typeAndId + "/evt/";
            return arrived.stream()
                    .filter(message -> message.topic().startsWith(start))
                    .map(Arrived::payload)
                    .toList();
        }

        /** Sends a command as an application would. */
        void command(String typeAndId, String command, String payload) {
            broker.publish(
                            ClientInfo.inProcess("application"),
                            new Message(
                                    new TopicName("iot-2/type/" + typeAndId + "/cmd/" + command + "/fmt/json"),
                                    payload.getBytes(StandardCharsets.UTF_8),
                                    Qos.AT_LEAST_ONCE,
                                    false))
                    .toCompletableFuture()
                    .join();
        }

        @Override
        public void close() {
            proxy.close();
            broker.close();
        }
    }
}
