package dev.edgegateway.gateway.access;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The function of RFC 9106, version 0x13, without secret and associated data; section numbers below are those of that
 * document.
 *
 * <p>The memory it works in is not of the Java heap, and is given back when the hash is there: on the heap it would crowd
 * out everything else for the length of a login, and be kept afterwards. Any thread.
 */
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

    private static final int VERSION = 0x13;
    private static final int TYPE = 2;
    private static final int PREHASH_BYTES = 64;

    private Argon2id() {}

    /**
     * Computes a tag.
     *
     * @throws OutOfMemoryError if the system does not give the memory.
     */
    static byte[] hash(Cost cost, byte[] salt, byte[] secret, int tagBytes) {
        ByteBuffer start = littleEndian(PREHASH_BYTES + 8).put(prehash(cost, salt, secret, tagBytes));
        try (Arena arena = Arena.ofConfined()) {
            Argon2Memory memory = new Argon2Memory(arena, cost);
            for (int lane = 0; lane < cost.lanes(); lane++) {
                for (int column = 0; column < 2; column++) {
                    start.putInt(PREHASH_BYTES, column).putInt(PREHASH_BYTES + 4, lane);
                    memory.set(lane, column, stretch(start.array(), Argon2Memory.BLOCK_BYTES));
                }
            }
            memory.fill();
            return stretch(memory.last(), tagBytes);
        }
    }

    /** H0 of section 3.2. */
    private static byte[] prehash(Cost cost, byte[] salt, byte[] secret, int tagBytes) {
        ByteBuffer input = littleEndian(4 * 10 + secret.length + salt.length)
                .putInt(cost.lanes())
                .putInt(tagBytes)
                .putInt(cost.memoryKib())
                .putInt(cost.passes())
                .putInt(VERSION)
                .putInt(TYPE)
                .putInt(secret.length)
                .put(secret)
                .putInt(salt.length)
                .put(salt)
                .putInt(0)
                .putInt(0);
        return blake2b(input.array(), PREHASH_BYTES);
    }

    /** H' of section 3.3: a hash of any length. */
    private static byte[] stretch(byte[] input, int bytes) {
        byte[] block =
                blake2b(littleEndian(4 + input.length).putInt(bytes).put(input).array(), Math.min(bytes, 64));
        ByteBuffer out = ByteBuffer.allocate(bytes);
        while (out.remaining() > 64) {
            out.put(block, 0, 32);
            block = blake2b(block, Math.min(out.remaining(), 64));
        }
        return out.put(block, 0, out.remaining()).array();
    }

    private static byte[] blake2b(byte[] input, int bytes) {
        Blake2bDigest digest = new Blake2bDigest(bytes * 8);
        digest.update(input, 0, input.length);
        byte[] out = new byte[bytes];
        digest.doFinal(out, 0);
        return out;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
