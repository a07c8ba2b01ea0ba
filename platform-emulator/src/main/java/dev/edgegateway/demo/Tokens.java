package dev.edgegateway.demo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The secrets of one run, made for it and gone with its folder; each in the only line of a file. */
record Tokens(Path gateway, Path application) {
    private static final int BYTES = 16;

    static Tokens make(WorkFolder folder) {
        var random = new SecureRandom();
        return new Tokens(
                folder.write("gateway.token", token(random)), folder.write("application.token", token(random)));
    }

    private static String token(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes) + "\n";
    }
}
