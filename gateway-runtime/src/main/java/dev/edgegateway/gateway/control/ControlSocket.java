package dev.edgegateway.gateway.control;

import dev.edgegateway.gateway.config.GatewayConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where the control socket is. */
public final class ControlSocket {
    /** The longest path of a socket; Linux has room for 108 bytes with a zero at the end, other systems for 104. */
    static final int MAX_PATH_BYTES = 100;

    private static final String NAME = "edge-gateway.sock";

    private ControlSocket() {}

    /** See {@link #pathFor(Path)}. */
    public static Path pathFor(GatewayConfig config) {
        return pathFor(config.runDir());
    }

    /** In the run directory; where that is too deep for a socket, in the directory for temporary files. */
    public static Path pathFor(Path runDir) {
        return pathIn(runDir, Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path pathIn(Path runDir, Path temporary) {
        Path path = runDir.resolve(NAME);
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_PATH_BYTES) {
            return path;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return temporary.resolve("edge-gateway-" + HexFormat.of().formatHex(digest, 0, 8) + ".sock");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
