package dev.edgegateway.gateway.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file with a secret in its first line. Only its path is kept, so that a secret changed on disk counts at the next
 * connection and none is ever printed.
 *
 * @param path absolute.
 */
public record SecretFile(Path path) {
    /** Largest secret read; a token is some dozens of characters, a signed one some thousands. */
    static final int MAX_BYTES = 65536;

    /**
     * Reads the secret, without the line break at its end.
     *
     * @throws IOException if there is no such file, it may not be read, or it holds nothing usable; the message names it.
     */
    public String read() throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(path + ": is larger than " + MAX_BYTES + " bytes, so it is no secret");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        String secret = text.stripTrailing();
        if (secret.isEmpty()) {
            throw new IOException(path + ": is empty");
        }
        if (secret.indexOf('\n') >= 0) {
            throw new IOException(path + ": holds more than one line");
        }
        return secret;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
