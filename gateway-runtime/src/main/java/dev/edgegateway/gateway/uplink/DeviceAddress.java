package dev.edgegateway.gateway.uplink;

/**
 * Who a device (or the gateway itself) is at the platform: its type and its id, unique together within an organization.
 *
 * @param typeId 1 to 36 characters of {@code A-Z a-z 0-9 - _ .}
 * @param deviceId the same
 */
public record DeviceAddress(String typeId, String deviceId) {
    /** The longest type or id the platform takes, in characters. */
    public static final int MAX_LENGTH = 36;

    /** @throws IllegalArgumentException if the platform would not take the type or the id; the message says why. */
    public DeviceAddress {
        require("type", typeId);
        require("device id", deviceId);
    }

    /** Whether the platform takes this as a type or an id. Allocates nothing. */
    public static boolean isValidPart(String part) {
        int length = part.length();
        if (length == 0 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isAllowed(part.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static void require(String what, String part) {
        if (!isValidPart(part)) {
            throw new IllegalArgumentException(what + " '" + Excerpt.of(part)
                    + "' is not 1 to 36 characters of A-Z a-z 0-9 - _ . as the platform wants it");
        }
    }

    @Override
    public String toString() {
        return typeId + "/" + deviceId;
    }
}
