package dev.edgegateway.gateway.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to one platform.
 *
 * @param clientId for profile iot-2 always {@code g:{organization}:{type_id}:{device_id}}.
 * @param window messages in flight, 1 to 10000.
 * @param keepAlive whole seconds, 5 to 65535.
 * @param reconnectMin the first pause after a lost connection; at most {@code reconnectMax}.
 * @param caFile certificates, PEM, to be trusted instead of the system's; only with {@code ssl}.
 */
public record UplinkConfig(
        String name,
        PlatformUrl url,
        String clientId,
        Profile profile,
        int window,
        Duration keepAlive,
        Duration connectTimeout,
        Duration reconnectMin,
        Duration reconnectMax,
        Optional<Path> caFile) {

    /** What is spoken over the connection. */
    public sealed interface Profile {
        /** The word in the file. */
        String word();
    }

    /**
     * A plain bridge to a broker.
     *
     * @param password only together with a user name.
     * @param statusTopic where the gateway says, retained, whether it is online.
     */
    public record Mqtt(@Nullable String username, @Nullable SecretFile password, String statusTopic)
            implements Profile {
        @Override
        public String word() {
            return "mqtt";
        }
    }

    /** The platform's protocol for gateways. */
    public record Iot2(String organization, SecretFile token) implements Profile {
        @Override
        public String word() {
            return "iot-2";
        }
    }
}
