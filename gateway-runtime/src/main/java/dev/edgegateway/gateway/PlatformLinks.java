package dev.edgegateway.gateway;

import dev.edgegateway.forward.ForwarderSettings;
import dev.edgegateway.forward.OutboundQueue;
import dev.edgegateway.forward.PlatformLink;
import dev.edgegateway.forward.paho.Credentials;
import dev.edgegateway.forward.paho.LinkSettings;
import dev.edgegateway.forward.paho.PahoPlatformLink;
import dev.edgegateway.forward.paho.StatusPayload;
import dev.edgegateway.forward.paho.Subscription;
import dev.edgegateway.gateway.config.SecretFile;
import dev.edgegateway.gateway.config.UplinkConfig;
import dev.edgegateway.gateway.downlink.DownlinkRouter;
import dev.edgegateway.gateway.health.StatusEvents;
import dev.edgegateway.gateway.tls.TrustedAuthorities;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** The configured uplink in the words of the module that speaks with the platform. */
final class PlatformLinks {
    /** The user name of every device and gateway that comes with a token. */
    private static final String TOKEN_USER = "use-token-auth";

    private PlatformLinks() {}

    /** How the forwarder goes about it. */
    static ForwarderSettings pace(UplinkConfig uplink) {
        return ForwarderSettings.defaults()
                .withWindow(uplink.window())
                .withReconnect(uplink.reconnectMin(), uplink.reconnectMax());
    }

    /** The link; nothing is connected yet. */
    static PlatformLink link(
            UplinkConfig uplink, UplinkPaths paths, StatusEvents events, OutboundQueue queue, DownlinkRouter downlink)
            throws IOException {
        LinkSettings settings = new LinkSettings(
                uplink.url().toString(),
                uplink.clientId(),
                credentials(uplink.profile()),
                tls(uplink),
                uplink.keepAlive(),
                uplink.connectTimeout(),
                false,
                uplink.window(),
                paths.downlinkFilters().stream()
                        .map(filter -> new Subscription(filter.value(), 1))
                        .toList(),
                paths.statusTopic(),
                paths.retainGoesUp(),
                payload(events, queue),
                new AtomicLong()::incrementAndGet);
        return new PahoPlatformLink(settings, downlink);
    }

    private static StatusPayload payload(StatusEvents events, OutboundQueue queue) {
        return new StatusPayload() {
            @Override
            public byte[] connectionLost(long connection) {
                return events.will(connection);
            }

            @Override
            public byte[] online(long connection) {
                return events.online(connection, queue.stats());
            }

            @Override
            public byte[] offline(long connection) {
                return events.offline(connection);
            }
        };
    }

    private static @Nullable Credentials credentials(UplinkConfig.Profile profile) {
        return switch (profile) {
            case UplinkConfig.Iot2 iot2 -> new Credentials(TOKEN_USER, () -> read(iot2.token()));
            case UplinkConfig.Mqtt(String name, SecretFile file, String topic)
            when name != null -> new Credentials(name, () -> file == null ? new char[0] : read(file));
            case UplinkConfig.Mqtt anonymous -> null;
        };
    }

    /** At each attempt, so that a secret replaced on disk counts from the next one on. */
    private static char[] read(SecretFile file) {
        try {
            return file.read().toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable SSLSocketFactory tls(UplinkConfig uplink) throws IOException {
        return uplink.caFile().isEmpty()
                ? null
                : TrustedAuthorities.of(uplink.caFile().get()).socketFactory();
    }
}
