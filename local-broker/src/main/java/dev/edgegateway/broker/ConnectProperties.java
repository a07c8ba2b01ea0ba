package dev.edgegateway.broker;

import dev.edgegateway.broker.MessageProperties.UserProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an MQTT 5.0 client says in CONNECT besides (section 3.1.2.11).
 *
 * @param sessionExpirySeconds how long the session outlives the connection; {@link #FOREVER} without end.
 * @param receiveMaximum QoS 1 and 2 messages it takes before it has acknowledged one, 1 to 65535.
 * @param maximumPacketSize bytes of the largest packet it takes, 1 to 2^32-1.
 * @param topicAliasMaximum highest topic alias it takes.
 * @param requestProblemInformation whether reason strings may be sent in any packet.
 * @param authenticationMethod of the enhanced authentication it asks for, null for none.
 */
public record ConnectProperties(
        long sessionExpirySeconds,
        int receiveMaximum,
        long maximumPacketSize,
        int topicAliasMaximum,
        boolean requestProblemInformation,
        @Nullable String authenticationMethod,
        List<UserProperty> userProperties) {

    /** A session that does not end by itself. */
    public static final long FOREVER = 0xFFFF_FFFFL;

    /** An unsigned number of four bytes, at its largest. */
    private static final long UNLIMITED = 0xFFFF_FFFFL;

    /** What holds for a client that says nothing. */
    public static final ConnectProperties NONE = new ConnectProperties(0, 65535, UNLIMITED, 0, true, null, List.of());

    public ConnectProperties {
        userProperties = List.copyOf(userProperties);
    }
}
