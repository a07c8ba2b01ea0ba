package dev.edgegateway.gateway.access;

import java.util.Base64;

/**
 * The hash of one secret, as it stands in a file. Immutable; any thread.
 *
 * <p>Three forms are read: argon2id in the PHC string format, which is also what this gateway writes, and the two older
 * forms of Mosquitto's password files, {@code $6$} and {@code $7$}.
 */
sealed interface PasswordHash permits Argon2idHash, Pbkdf2Hash, SaltedSha512Hash {
    /** The longest text that is looked at; the longest real one is under 300 characters. */
    int MAX_TEXT = 1000;

    /** Whether this is the hash of the secret. Takes as long as the hash was made to take, whatever the answer. */
    boolean matches(byte[] secret);

    /** What it is called in lists. */
    String algorithm();

    /**
     * Reads a hash.
     *
     * @throws IllegalArgumentException saying what is wrong, without the hash itself.
     */
    static PasswordHash parse(String text) {
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("a hash of " + text.length() + " characters");
        }
        String[] fields = text.split("\\$", -1);
        if (fields.length < 3 || !fields[0].isEmpty()) {
            throw new IllegalArgumentException("no hash; passwords never stand in this file themselves");
        }
        return switch (fields[1]) {
            case "argon2id" -> Argon2idHash.parse(fields);
            case "7" -> Pbkdf2Hash.parse(fields);
            case "6" -> SaltedSha512Hash.parse(fields);
            case "argon2i", "argon2d" ->
                throw new IllegalArgumentException(
                        "a hash of kind " + fields[1] + "; of the three only argon2id is read");
            default -> throw new IllegalArgumentException("a hash of a kind that is not known");
        };
    }

    /** A whole number in decimal without sign or leading zero. */
    static int number(String text, String what, int min, int max) {
        boolean digits = !text.isEmpty()
                && text.length() <= 9
                && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.charAt(0) != '0' || text.length() == 1);
        int value = digits ? Integer.parseInt(text) : -1;
        if (!digits || value < min || value > max) {
            throw new IllegalArgumentException("a hash whose " + what + " is not a number from " + min + " to " + max);
        }
        return value;
    }

    /** Base64, with or without padding. */
    static byte[] base64(String text, String what, int minBytes, int maxBytes) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a hash whose " + what + " is not Base64", e);
        }
        if (bytes.length < minBytes || bytes.length > maxBytes) {
            throw new IllegalArgumentException("a hash whose " + what + " has " + bytes.length + " bytes instead of "
                    + (minBytes == maxBytes ? "" + minBytes : minBytes + " to " + maxBytes));
        }
        return bytes;
    }
}
