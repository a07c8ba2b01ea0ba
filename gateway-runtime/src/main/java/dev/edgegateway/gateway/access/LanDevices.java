package dev.edgegateway.gateway.access;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.Admission.ReturnCode;
import dev.edgegateway.broker.Namespace;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its client id what a client of the local broker is, and gives platform-style devices
 * ({@code d:{org}:{type}:{id}}) their namespace. Immutable; any thread.
 *
 * <p>A client id that starts with {@code d:} claims to be such a device: if it is not well-formed the client is turned
 * away, since as an ordinary client its events would quietly never reach the platform. Every other client id is an
 * ordinary client, whose topics stay as they are.
 */
public final class LanDevices {
    private static final String DEVICE_CLASS = "d:";

    private final @Nullable String organization;
    private final @Nullable DeviceAddress gateway;

    /**
     * @param organization the one the gateway belongs to; null where there is none, and then a device may name any.
     * @param gateway the gateway's own identity, which no device may take; null if it has none at the platform.
     */
    public LanDevices(@Nullable String organization, @Nullable DeviceAddress gateway) {
        this.organization = organization;
        this.gateway = gateway;
    }

    /** How the client would be let in by its id alone. */
    Admission admit(String clientId) {
        if (!clientId.startsWith(DEVICE_CLASS)) {
            return Admission.PLAIN;
        }
        String[] parts = clientId.split(":", -1);
        if (parts.length != 4
                || parts[1].isEmpty()
                || !DeviceAddress.isValidPart(parts[2])
                || !DeviceAddress.isValidPart(parts[3])) {
            return new Admission.Refused(
                    ReturnCode.IDENTIFIER_REJECTED,
                    "client id '" + Shown.of(clientId)
                            + "' starts like a device's and is not d:{org}:{type}:{id} with type and id of 1 to 36"
                            + " characters of A-Z a-z 0-9 - _ .");
        }
        if (organization != null && !organization.equals(parts[1])) {
            return new Admission.Refused(
                    ReturnCode.NOT_AUTHORIZED,
                    "organization '" + Shown.of(parts[1]) + "' is not this gateway's '" + organization + "'");
        }
        DeviceAddress device = new DeviceAddress(parts[2], parts[3]);
        if (device.equals(gateway)) {
            return new Admission.Refused(ReturnCode.IDENTIFIER_REJECTED, "device " + device + " is the gateway itself");
        }
        Namespace namespace = new DeviceNamespace(device);
        return new Admission.Admitted(namespace);
    }
}
