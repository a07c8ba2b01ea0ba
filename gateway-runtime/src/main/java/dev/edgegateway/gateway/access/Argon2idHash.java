package dev.edgegateway.gateway.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;

/** {@code $argon2id$v=19$m=..,t=..,p=..$salt$hash}, the PHC string format, with Base64 without padding. */
final class Argon2idHash implements PasswordHash {
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    /** RFC 9106 section 3.1: version 0x13. */
    private static final int VERSION = 19;

    private final Argon2id.Cost cost;
    private final byte[] salt;
    private final byte[] tag;

    private Argon2idHash(Argon2id.Cost cost, byte[] salt, byte[] tag) {
        this.cost = cost;
        this.salt = salt;
        this.tag = tag;
    }

    /** The hash of a new secret, with a salt of its own. */
    static Argon2idHash of(byte[] secret, Argon2id.Cost cost) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new Argon2idHash(cost, salt, Argon2id.hash(cost, salt, secret, TAG_BYTES));
    }

    /** Costs as much to check as any other, and nothing matches it but by a chance of one in 2 to the 256. */
    static Argon2idHash decoy(Argon2id.Cost cost) {
        byte[] tag = new byte[TAG_BYTES];
        new SecureRandom().nextBytes(tag);
        return new Argon2idHash(cost, Arrays.copyOf(tag, SALT_BYTES), tag);
    }

    static Argon2idHash parse(String[] fields) {
        if (fields.length != 6 || !fields[2].equals("v=" + VERSION)) {
            throw new IllegalArgumentException("an argon2id hash that is not $argon2id$v=19$m=..,t=..,p=..$salt$hash");
        }
        String[] parameters = fields[3].split(",", -1);
        if (parameters.length != 3
                || !parameters[0].startsWith("m=")
                || !parameters[1].startsWith("t=")
                || !parameters[2].startsWith("p=")) {
            throw new IllegalArgumentException("an argon2id hash without m=..,t=..,p=..");
        }
        int lanes = PasswordHash.number(parameters[2].substring(2), "p", 1, Argon2id.Cost.MAX_LANES);
        return new Argon2idHash(
                new Argon2id.Cost(
                        PasswordHash.number(
                                parameters[0].substring(2), "m (KiB)", 8 * lanes, Argon2id.Cost.MAX_MEMORY_KIB),
                        PasswordHash.number(parameters[1].substring(2), "t", 1, Argon2id.Cost.MAX_PASSES),
                        lanes),
                // RFC 9106 section 3.1 asks for 8 bytes of salt and 4 of tag at least; less than 16 of tag is no hash.
                PasswordHash.base64(fields[4], "salt", 8, 64),
                PasswordHash.base64(fields[5], "value", 16, 64));
    }

    Argon2id.Cost cost() {
        return cost;
    }

    @Override
    public boolean matches(byte[] secret) {
        return MessageDigest.isEqual(tag, Argon2id.hash(cost, salt, secret, tag.length));
    }

    @Override
    public String algorithm() {
        return "argon2id";
    }

    /** As it stands in a file. */
    @Override
    public String toString() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=" + VERSION + "$m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes() + "$"
                + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Argon2idHash hash
                && cost.equals(hash.cost)
                && Arrays.equals(salt, hash.salt)
                && MessageDigest.isEqual(tag, hash.tag);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cost, Arrays.hashCode(salt));
    }
}
