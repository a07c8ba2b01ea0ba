package dev.edgegateway.gateway.access;

import dev.edgegateway.gateway.uplink.DeviceAddress;

/** What a user or a device may be called in a file of hashes. */
final class Names {
    /** What platform-style devices send as their user name. */
    static final String TOKEN_USER = "use-token-auth";

    private static final int MAX_LENGTH = 256;

    private Names() {}

    /** @throws IllegalArgumentException saying what is wrong, as in {@code a user name that ...}. */
    static void check(String name, Credentials.Kind kind) {
        switch (kind) {
            case USERS -> checkUser(name);
            case DEVICES -> checkDevice(name);
        }
    }

    private static void checkUser(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a user name that is not 1 to " + MAX_LENGTH + " characters long");
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user name with a control character");
        }
    }

    /** What a new user may be called: nothing that topics, files of hashes or devices give a meaning of their own. */
    static void checkNewUser(String name) {
        checkUser(name);
        if (name.chars().anyMatch(c -> ":/+#".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("a user name with one of : / + #");
        }
        if (!name.equals(name.strip())) {
            throw new IllegalArgumentException("a user name that starts or ends with a space");
        }
        if (name.equals(TOKEN_USER)) {
            throw new IllegalArgumentException(
                    "the user name that all devices have; add a device with --device TYPE:ID");
        }
    }

    private static void checkDevice(String name) {
        int colon = name.indexOf(':');
        if (colon < 0
                || !DeviceAddress.isValidPart(name.substring(0, colon))
                || !DeviceAddress.isValidPart(name.substring(colon + 1))) {
            throw new IllegalArgumentException("a device that is not TYPE:ID, each 1 to " + DeviceAddress.MAX_LENGTH
                    + " characters of A-Z a-z 0-9 - _ .");
        }
    }
}
