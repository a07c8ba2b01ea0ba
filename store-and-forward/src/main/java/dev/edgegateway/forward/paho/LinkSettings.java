package dev.edgegateway.forward.paho;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform is and how to speak with it.
 *
 * @param url {@code tcp://host:port} or {@code ssl://host:port}.
 * @param credentials null for none.
 * @param tls makes the sockets of {@code ssl} URLs; null for the JVM's own trust. Host names are always verified.
 * @param keepAlive whole seconds up to 65,535; 0 for none.
 * @param connectTimeout bounds the whole of connecting, subscribing and saying that we are online.
 * @param cleanSession false to have the platform keep commands for us while we are away. A kept session also keeps the
 *     packet ids of QoS 2 exchanges that a lost connection cut in two; as a new client of ours would use those ids for
 *     other messages, which the platform would then take for repetitions and swallow: messages of QoS 2 travel with
 *     QoS 1 in that case.
 * @param maxInFlight most messages handed over and not acknowledged, the forwarder's window.
 * @param subscriptions made in this order at each connection.
 * @param statusTopic where Will, birth and goodbye go, with QoS 1.
 * @param nextGeneration asked once per connection attempt.
 */
public record LinkSettings(
        String url,
        String clientId,
        @Nullable Credentials credentials,
        @Nullable SSLSocketFactory tls,
        Duration keepAlive,
        Duration connectTimeout,
        boolean cleanSession,
        int maxInFlight,
        List<Subscription> subscriptions,
        String statusTopic,
        boolean statusRetained,
        StatusPayload status,
        LongSupplier nextGeneration) {

    /** Packet ids end at 65,535, and status messages need some. */
    private static final int MAX_IN_FLIGHT = 60_000;

    public LinkSettings {
        if (!url.startsWith("tcp://") && !url.startsWith("ssl://")) {
            throw new IllegalArgumentException("platform URL " + url + " does not begin with tcp:// or ssl://");
        }
        if (maxInFlight < 1 || maxInFlight > MAX_IN_FLIGHT) {
            throw new IllegalArgumentException(maxInFlight + " messages in flight, expected 1 to " + MAX_IN_FLIGHT);
        }
        if (keepAlive.isNegative() || keepAlive.toSeconds() > 65_535) {
            throw new IllegalArgumentException("keep alive " + keepAlive + ", expected 0 to 65535 s");
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("connect timeout " + connectTimeout);
        }
        subscriptions = List.copyOf(subscriptions);
    }
}
