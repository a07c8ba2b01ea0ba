package dev.edgegateway.gateway.access;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** The function of RFC 9106, version 0x13, without secret and associated data. */
final class Argon2id {
    /**
     * What a hash costs.
     *
     * @param memoryKib held while it is computed.
     * @param passes over that memory.
     * @param lanes independent of each other; they are computed one after the other here.
     */
    record Cost(int memoryKib, int passes, int lanes) {
        /** Twice what Mosquitto 2.1 writes by itself (46 MiB). More would not fit a board with 512 MB. */
        static final int MAX_MEMORY_KIB = 96 * 1024;

        static final int MAX_PASSES = 16;
        static final int MAX_LANES = 16;

        /** What this gateway writes: OWASP's recommendation with the least memory, as the smallest boards need it. */
        static final Cost DEFAULT = new Cost(19 * 1024, 2, 1);

        /** Work, for comparing. */
        long work() {
            return (long) memoryKib * passes;
        }
    }

    private Argon2id() {}

    /** @return the tag. */
    static byte[] hash(Cost cost, byte[] salt, byte[] secret, int tagBytes) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[tagBytes];
        generator.generateBytes(secret, tag);
        return tag;
    }
}
