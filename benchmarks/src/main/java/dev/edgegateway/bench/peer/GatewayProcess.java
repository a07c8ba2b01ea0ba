package dev.edgegateway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The gateway as {@code edge-gateway run} starts it, so with the JVM options and the AOT cache of the appliance.
 *
 * @param launcher the script at the root of the repository.
 * @param directory where configuration, data and output go; a later start with the same one finds its data again.
 * @param jvmOptions further options for the JVM, after the appliance's.
 */
public record GatewayProcess(Path launcher, Path directory, Setup setup, List<String> jvmOptions) {
    /** Switches the AOT cache off; to be given as a further option. */
    public static final String WITHOUT_AOT_CACHE = "-XX:AOTMode=off";

    /** What the gateway is told. */
    public enum Setup {
        /** One listener and nothing else: what the broker keeps for no one costs no disk write. */
        BROKER_ONLY(""),

        /** The example configuration; the platform is away, so that what is published to {@code bench/#} is queued on disk. */
        EXAMPLE("""

                [queue]
                max_bytes = "16GB"
                max_age = "30d"
                when_full = "drop_oldest"

                [uplink]
                profile = "mqtt"
                url = "tcp://127.0.0.1:%d"
                client_id = "gw-001"

                [[route]]
                topic = "bench/#"
                qos = 1

                [[sensor]]
                id = "board"
                driver = "system"
                interval = "10s"
                """);

        private final String rest;

        Setup(String rest) {
            this.rest = rest;
        }
    }

    private static final String LISTENER = """
            [gateway]
            type_id = "edge-gateway"
            device_id = "gw-001"
            data_dir = "data"

            [[listener]]
            bind = "127.0.0.1"
            port = %d
            allow_anonymous = true
            """;

    public GatewayProcess {
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** Where the gateway keeps its store. */
    public Path data() {
        return directory.resolve("data");
    }

    /** Starts it and waits for the first CONNACK. */
    public Peer start() {
        int port = Peer.freePort();
        try {
            Path config = Files.createDirectories(directory).resolve("gateway.toml");
            Files.writeString(config, LISTENER.formatted(port) + setup.rest.formatted(Peer.freePort()));
            return Peer.start(
                    "gateway",
                    directory,
                    port,
                    List.of(launcher.toString(), "run", "--config", config.toString()),
                    Map.of("EDGE_GATEWAY_JAVA_OPTS", String.join(" ", jvmOptions)));
        } catch (IOException e) {
            throw new PeerException("no configuration for the gateway: " + e.getMessage(), e);
        }
    }

    /** Starts it once and ends it, so that what the launcher has to build is built. */
    public void prepare() {
        start().close();
    }
}
