package dev.edgegateway.platform;

import java.util.regex.Pattern;

/** What the platform takes as identifiers. */
final class Ids {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,36}");
    private static final Pattern ORGANIZATION = Pattern.compile("[A-Za-z0-9]{6}");

    private Ids() {}

    /** A type, device, gateway or application id: 1 to 36 characters of {@code A-Z a-z 0-9 - _ .} */
    static boolean isPart(String text) {
        return PART.matcher(text).matches();
    }

    /** An organization: six letters or digits. */
    static boolean isOrganization(String text) {
        return ORGANIZATION.matcher(text).matches();
    }
}
