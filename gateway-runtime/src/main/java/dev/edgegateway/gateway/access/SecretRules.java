package dev.edgegateway.gateway.access;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a new password or token must be like, and how one is made up. Any thread. */
public final class SecretRules {
    static final int MIN_LENGTH = 10;
    /** More than anyone types, and more than clients of the platform take as a token. */
    static final int MAX_LENGTH = 256;

    private static final int GENERATED_LENGTH = 24;
    /** Without those that are taken for each other. */
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /** What is tried first everywhere, of those that are long enough; in lower case. */
    private static final Set<String> BAD = Set.of(
            "0123456789",
            "0987654321",
            "1234567890",
            "12345678910",
            "123456789a",
            "1q2w3e4r5t",
            "1qaz2wsx3edc",
            "administrator",
            "changeme123",
            "changemenow",
            "edge-gateway",
            "edgegateway",
            "iloveyou123",
            "letmein123",
            "mosquitto123",
            "password01",
            "password12",
            "password123",
            "password1234",
            "password12345",
            "passw0rd123",
            "p@ssw0rd123",
            "qazwsxedcrfv",
            "qwerty1234",
            "qwerty12345",
            "qwerty123456",
            "qwertyuiop",
            "raspberry123",
            "raspberrypi",
            "secret1234",
            "welcome123");

    private SecretRules() {}

    /** Why this must not be the secret of this user or device; empty if it may. */
    public static Optional<String> objection(String name, String secret) {
        String lower = secret.toLowerCase(Locale.ROOT);
        if (secret.codePointCount(0, secret.length()) < MIN_LENGTH) {
            return Optional.of("it is shorter than " + MIN_LENGTH + " characters");
        }
        if (secret.length() > MAX_LENGTH) {
            return Optional.of("it is longer than " + MAX_LENGTH + " characters");
        }
        if (secret.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("it holds a control character");
        }
        if (BAD.contains(lower)) {
            return Optional.of("it is one of those that are tried first");
        }
        if (secret.chars().distinct().count() < 4) {
            return Optional.of("it is made of fewer than 4 different characters");
        }
        if (lower.contains(name.toLowerCase(Locale.ROOT)) && lower.length() - name.length() < MIN_LENGTH / 2) {
            return Optional.of("it is hardly more than the name");
        }
        return Optional.empty();
    }

    /** A secret nobody guesses: 139 bits. */
    public static String generate() {
        SecureRandom random = new SecureRandom();
        StringBuilder secret = new StringBuilder();
        for (int i = 0; i < GENERATED_LENGTH; i++) {
            secret.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return secret.toString();
    }
}
