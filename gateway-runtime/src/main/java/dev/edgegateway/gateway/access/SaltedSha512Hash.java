package dev.edgegateway.gateway.access;

import java.security.MessageDigest;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.SHA512Digest;

/** {@code $6$salt$hash} of Mosquitto's password files up to 1.6: SHA-512 over secret and salt. */
final class SaltedSha512Hash implements PasswordHash {
    private static final int HASH_BYTES = 64;

    private final byte[] salt;
    private final byte[] hash;

    private SaltedSha512Hash(byte[] salt, byte[] hash) {
        this.salt = salt;
        this.hash = hash;
    }

    static SaltedSha512Hash parse(String[] fields) {
        if (fields.length != 4) {
            throw new IllegalArgumentException("a hash of kind 6 that is not $6$salt$hash");
        }
        return new SaltedSha512Hash(
                PasswordHash.base64(fields[2], "salt", 8, 64),
                PasswordHash.base64(fields[3], "value", HASH_BYTES, HASH_BYTES));
    }

    @Override
    public boolean matches(byte[] secret) {
        SHA512Digest digest = new SHA512Digest();
        digest.update(secret, 0, secret.length);
        digest.update(salt, 0, salt.length);
        byte[] found = new byte[HASH_BYTES];
        digest.doFinal(found, 0);
        return MessageDigest.isEqual(hash, found);
    }

    @Override
    public String algorithm() {
        return "sha512";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SaltedSha512Hash that
                && Arrays.equals(salt, that.salt)
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(salt);
    }
}
