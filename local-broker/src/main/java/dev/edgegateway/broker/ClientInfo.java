package dev.edgegateway.broker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, for as long as it is connected.
 *
 * @param clientId the MQTT client identifier; for a part of this process a name that starts with {@code $}, which no
 *     network client may have.
 * @param namespace how its topics read inside the broker.
 * @param connectedAt by the broker's clock.
 * @param certificateName the name in the certificate it showed; null if it showed none, or one without a name.
 * @param certificateIsUser whether the certificate says who the user is: then {@code userName} is its name, proven.
 */
public record ClientInfo(
        String clientId,
        @Nullable String userName,
        String listener,
        String remoteAddress,
        int protocolLevel,
        boolean cleanSession,
        Namespace namespace,
        Instant connectedAt,
        @Nullable String certificateName,
        boolean certificateIsUser) {

    /** A client that showed no certificate. */
    public ClientInfo(
            String clientId,
            @Nullable String userName,
            String listener,
            String remoteAddress,
            int protocolLevel,
            boolean cleanSession,
            Namespace namespace,
            Instant connectedAt) {
        this(
                clientId,
                userName,
                listener,
                remoteAddress,
                protocolLevel,
                cleanSession,
                namespace,
                connectedAt,
                null,
                false);
    }

    /** The identity of a part of this process that publishes or subscribes without a connection. */
    public static ClientInfo inProcess(String name) {
        return new ClientInfo("$" + name, null, "in-process", "in-process", 4, true, Namespace.PLAIN, Instant.EPOCH);
    }
}
