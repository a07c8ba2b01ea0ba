package dev.edgegateway.gateway.access;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** {@code $7$iterations$salt$hash} of Mosquitto's password files: PBKDF2 with HMAC-SHA-512, 64 bytes of it. */
final class Pbkdf2Hash implements PasswordHash {
    private static final int HASH_BYTES = 64;
    /** About a second on the slowest board. */
    private static final int MAX_ITERATIONS = 500_000;

    private final int iterations;
    private final byte[] salt;
    private final byte[] hash;

    private Pbkdf2Hash(int iterations, byte[] salt, byte[] hash) {
        this.iterations = iterations;
        this.salt = salt;
        this.hash = hash;
    }

    static Pbkdf2Hash parse(String[] fields) {
        if (fields.length != 5) {
            throw new IllegalArgumentException("a hash of kind 7 that is not $7$iterations$salt$hash");
        }
        return new Pbkdf2Hash(
                PasswordHash.number(fields[2], "iterations", 1, MAX_ITERATIONS),
                PasswordHash.base64(fields[3], "salt", 8, 64),
                PasswordHash.base64(fields[4], "value", HASH_BYTES, HASH_BYTES));
    }

    @Override
    public boolean matches(byte[] secret) {
        PKCS5S2ParametersGenerator generator = new PKCS5S2ParametersGenerator(new SHA512Digest());
        generator.init(secret, salt, iterations);
        KeyParameter key = (KeyParameter) generator.generateDerivedMacParameters(HASH_BYTES * 8);
        return MessageDigest.isEqual(hash, key.getKey());
    }

    @Override
    public String algorithm() {
        return "pbkdf2-sha512";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pbkdf2Hash that
                && iterations == that.iterations
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return 31 * iterations + Arrays.hashCode(salt);
    }
}
