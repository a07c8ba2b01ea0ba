package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.Authenticator;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.Namespace;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Lets clients in at the gateway's local broker, and gives platform-style devices ({@code d:{org}:{type}:{id}}) their
 * namespace. Immutable; any thread.
 *
 * <p>A client id that starts with {@code d:} claims to be such a device: if it is not well-formed the client is turned
 * away, since as an ordinary client its events would quietly never reach the platform. Every other client id is an
 * ordinary client, whose topics stay as they are. User name and password are not looked at: a listener either takes
 * everyone or no one.
 */
public final class LanDevices implements Authenticator {
    private static final String DEVICE_CLASS = "d:";

    private final Set<String> anonymousListeners;
    private final @Nullable String organization;
    private final @Nullable DeviceAddress gateway;

    /**
     * @param anonymousListeners names of the listeners with {@code allow_anonymous = true}.
     * @param organization the one the gateway belongs to; null where there is none, and then a device may name any.
     * @param gateway the gateway's own identity, which no device may take; null if it has none at the platform.
     */
    public LanDevices(Set<String> anonymousListeners, @Nullable String organization, @Nullable DeviceAddress gateway) {
        this.anonymousListeners = Set.copyOf(anonymousListeners);
        this.organization = organization;
        this.gateway = gateway;
    }

    @Override
    public CompletionStage<Admission> authenticate(ConnectRequest request) {
        return CompletableFuture.completedFuture(decide(request));
    }

    private Admission decide(ConnectRequest request) {
        if (!anonymousListeners.contains(request.listener())) {
            return new Admission.Refused(
                    ReturnCode.NOT_AUTHORIZED,
                    "listener '" + request.listener() + "' takes no anonymous clients (allow_anonymous = false)");
        }
        return request.clientId().startsWith(DEVICE_CLASS) ? device(request.clientId()) : Admission.PLAIN;
    }

    private Admission device(String clientId) {
        String[] parts = clientId.split(":", -1);
        if (parts.length != 4
                || parts[1].isEmpty()
                || !DeviceAddress.isValidPart(parts[2])
                || !DeviceAddress.isValidPart(parts[3])) {
            return new Admission.Refused(
                    ReturnCode.IDENTIFIER_REJECTED,
                    "client id '" + Excerpt.of(clientId)
                            + "' starts like a device's and is not d:{org}:{type}:{id} with type and id of 1 to 36"
                            + " characters of A-Z a-z 0-9 - _ .");
        }
        if (organization != null && !organization.equals(parts[1])) {
            return new Admission.Refused(
                    ReturnCode.NOT_AUTHORIZED,
                    "organization '" + Excerpt.of(parts[1]) + "' is not this gateway's '" + organization + "'");
        }
        DeviceAddress device = new DeviceAddress(parts[2], parts[3]);
        if (device.equals(gateway)) {
            return new Admission.Refused(ReturnCode.IDENTIFIER_REJECTED, "device " + device + " is the gateway itself");
        }
        Namespace namespace = new DeviceNamespace(device);
        return new Admission.Admitted(namespace);
    }
}
