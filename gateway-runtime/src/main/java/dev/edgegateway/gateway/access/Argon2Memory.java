package dev.edgegateway.gateway.access;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The matrix of blocks of RFC 9106 section 3.2, and what fills it. One thread. */
final class Argon2Memory {
    static final int BLOCK_BYTES = 1024;
    private static final int WORDS = BLOCK_BYTES / Long.BYTES;
    /** Section 3.4: in each pass the lanes wait for each other three times. */
    private static final int SLICES = 4;

    /**
     * The allocator of C keeps what is freed up to the size of the largest piece that was ever freed, and gives back what
     * is more. Pieces of 64 KB leave it as it is; in one piece of 19 MB that much would stay.
     */
    private static final int CHUNK_BLOCKS = 64;

    private static final long LOW = 0xffff_ffffL;
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Argon2id.Cost cost;
    private final int segmentLength;
    private final int laneLength;
    private final MemorySegment[] chunks;

    // Scratch of one step each, so that a hash makes no garbage.
    private final long[] previous = new long[WORDS];
    private final long[] reference = new long[WORDS];
    private final long[] mixed = new long[WORDS];
    private final long[] addresses = new long[WORDS];
    private final long[] addressInput = new long[WORDS];

    Argon2Memory(Arena arena, Argon2id.Cost cost) {
        this.cost = cost;
        this.segmentLength = cost.memoryKib() / (SLICES * cost.lanes());
        this.laneLength = segmentLength * SLICES;
        int blocks = laneLength * cost.lanes();
        this.chunks = new MemorySegment[(blocks + CHUNK_BLOCKS - 1) / CHUNK_BLOCKS];
        Arrays.setAll(chunks, _ -> arena.allocate(CHUNK_BLOCKS * BLOCK_BYTES, Long.BYTES));
    }

    void set(int lane, int column, byte[] bytes) {
        int block = lane * laneLength + column;
        MemorySegment.copy(MemorySegment.ofArray(bytes), 0, chunk(block), offset(block), BLOCK_BYTES);
    }

    /** The last column, all lanes in one block (section 3.2, step 7). */
    byte[] last() {
        byte[] last = new byte[BLOCK_BYTES];
        MemorySegment out = MemorySegment.ofArray(last);
        for (int lane = 0; lane < cost.lanes(); lane++) {
            load(lane, laneLength - 1, reference);
            for (int i = 0; i < WORDS; i++) {
                out.set(WORD, (long) i * Long.BYTES, out.get(WORD, (long) i * Long.BYTES) ^ reference[i]);
            }
        }
        return last;
    }

    void fill() {
        for (int pass = 0; pass < cost.passes(); pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int lane = 0; lane < cost.lanes(); lane++) {
                    fillSegment(pass, slice, lane);
                }
            }
        }
    }

    private void fillSegment(int pass, int slice, int lane) {
        // Section 3.4.1.3: half of the first pass must not depend on the secret, so that nobody can watch it do so.
        boolean independent = pass == 0 && slice < SLICES / 2;
        int first = pass == 0 && slice == 0 ? 2 : 0;
        if (independent) {
            startAddresses(pass, slice, lane);
        }
        int column = slice * segmentLength + first;
        load(lane, column == 0 ? laneLength - 1 : column - 1, previous);
        for (int i = first; i < segmentLength; i++, column++) {
            if (independent && (i == first || i % WORDS == 0)) {
                nextAddresses();
            }
            long random = independent ? addresses[i % WORDS] : previous[0];
            int referenceLane = pass == 0 && slice == 0 ? lane : (int) ((random >>> 32) % cost.lanes());
            load(referenceLane, referenceColumn(pass, slice, i, referenceLane == lane, random & LOW), reference);
            compress(previous, reference);
            if (pass > 0) {
                load(lane, column, reference);
                for (int word = 0; word < WORDS; word++) {
                    previous[word] ^= reference[word];
                }
            }
            int block = lane * laneLength + column;
            MemorySegment.copy(previous, 0, chunk(block), WORD, offset(block), WORDS);
        }
    }

    /** Section 3.4.2: which of the blocks that are ready is taken. */
    private int referenceColumn(int pass, int slice, int i, boolean sameLane, long random) {
        int finished = pass == 0 ? slice * segmentLength : laneLength - segmentLength;
        int area = sameLane ? finished + i - 1 : finished - (i == 0 ? 1 : 0);
        long position = random * random >>> 32;
        long relative = area - 1 - ((area * position) >>> 32);
        int start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * segmentLength;
        return (int) ((start + relative) % laneLength);
    }

    private void startAddresses(int pass, int slice, int lane) {
        Arrays.fill(addressInput, 0);
        addressInput[0] = pass;
        addressInput[1] = lane;
        addressInput[2] = slice;
        addressInput[3] = (long) laneLength * cost.lanes();
        addressInput[4] = cost.passes();
        addressInput[5] = 2;
    }

    /** Section 3.4.1.2. */
    private void nextAddresses() {
        addressInput[6]++;
        Arrays.fill(addresses, 0);
        compress(addresses, addressInput);
        System.arraycopy(addresses, 0, reference, 0, WORDS);
        Arrays.fill(addresses, 0);
        compress(addresses, reference);
    }

    /** G of section 3.5; the result takes the place of {@code x}. */
    private void compress(long[] x, long[] y) {
        for (int i = 0; i < WORDS; i++) {
            x[i] ^= y[i];
        }
        System.arraycopy(x, 0, mixed, 0, WORDS);
        for (int row = 0; row < 8; row++) {
            permute(mixed, 16 * row, 2);
        }
        for (int column = 0; column < 8; column++) {
            permute(mixed, 2 * column, 16);
        }
        for (int i = 0; i < WORDS; i++) {
            x[i] ^= mixed[i];
        }
    }

    /** P of section 3.6, on sixteen words that lie in pairs. */
    private static void permute(long[] v, int at, int step) {
        int b = at + 2 * step;
        int c = at + 4 * step;
        int d = at + 6 * step;
        quarter(v, at, b, c, d);
        quarter(v, at + 1, b + 1, c + 1, d + 1);
        quarter(v, at + step, b + step, c + step, d + step);
        quarter(v, at + step + 1, b + step + 1, c + step + 1, d + step + 1);
        quarter(v, at, b + 1, c + step, d + step + 1);
        quarter(v, at + 1, b + step, c + step + 1, d);
        quarter(v, at + step, b + step + 1, c, d + 1);
        quarter(v, at + step + 1, b, c + 1, d + step);
    }

    /** GB of section 3.6. */
    private static void quarter(long[] v, int ia, int ib, int ic, int id) {
        long a = v[ia];
        long b = v[ib];
        long c = v[ic];
        long d = v[id];
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 32);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 24);
        a += b + 2 * (a & LOW) * (b & LOW);
        d = Long.rotateRight(d ^ a, 16);
        c += d + 2 * (c & LOW) * (d & LOW);
        b = Long.rotateRight(b ^ c, 63);
        v[ia] = a;
        v[ib] = b;
        v[ic] = c;
        v[id] = d;
    }

    private void load(int lane, int column, long[] into) {
        int block = lane * laneLength + column;
        MemorySegment.copy(chunk(block), WORD, offset(block), into, 0, WORDS);
    }

    private MemorySegment chunk(int block) {
        return chunks[block / CHUNK_BLOCKS];
    }

    private static long offset(int block) {
        return (long) (block % CHUNK_BLOCKS) * BLOCK_BYTES;
    }
}
