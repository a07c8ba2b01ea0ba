package dev.edgegateway.forward.paho;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Who we are to the platform.
 *
 * @param password asked at each connection attempt, so that it can be changed while the gateway runs; may throw
 *     {@link UncheckedIOException}, which fails the attempt.
 */
public record Credentials(String username, Supplier<char[]> password) {

    /** With the password in the first line of a file, read at each connection attempt. */
    public static Credentials fromFile(String username, Path passwordFile) {
        return new Credentials(username, () -> firstLine(passwordFile));
    }

    private static char[] firstLine(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            if (end == 0) {
                throw new IOException("the first line of " + file + " is empty, expected a password");
            }
            return text.substring(0, end).toCharArray();
        } catch (IOException e) {
            throw new UncheckedIOException("password file " + file + ": " + e, e);
        }
    }

    /** Names nobody's secret. */
    @Override
    public String toString() {
        return "Credentials[" + username + "]";
    }
}
