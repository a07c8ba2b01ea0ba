package dev.edgegateway.gateway.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.h2.mvstore.DataUtils;
import org.tinylog.Logger;

/**
 * Seals chunks with a checksum on their way to the file, and looks for broken ones when it is opened. The layout is that
 * of MVStore's file format: blocks of 4096 bytes, two of them for the header, and a footer of 128 bytes at each chunk's
 * end, which is text and ends in blanks.
 */
final class ChunkChecks {
    private static final int BLOCK_BYTES = 4096;
    private static final int FOOTER_BYTES = 128;

    /** The checksum, half a byte in each: characters below the blank, which MVStore trims off. */
    private static final int SEAL_BYTES = 8;

    /** The seal stands before the line break that ends the footer. */
    private static final int SEAL_FROM_END = SEAL_BYTES + 1;

    private static final int READ_BYTES = 1 << 16;
    private static final byte[] FOOTER_START = "chunk:".getBytes(StandardCharsets.ISO_8859_1);
    private static final Pattern LENGTH = Pattern.compile("(?:^|,)len:([0-9a-f]{1,8})");
    private static final Pattern VERSION = Pattern.compile("(?:^|,)version:([0-9a-f]{1,16})");
    private static final Pattern CHECKED = Pattern.compile("^(.*),fletcher:([0-9a-f]{1,8})\\s*$", Pattern.DOTALL);

    private final FileChannel file;
    /** Chunks up to this version were on disk before a header named it. */
    private final long durableVersion;
    /** Whether the file is still being opened. */
    private volatile boolean opening = true;

    ChunkChecks(FileChannel file) throws IOException {
        this.file = file;
        this.durableVersion = Math.max(headerVersion(0), headerVersion(BLOCK_BYTES));
    }

    private long headerVersion(long position) throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        if (file.size() < position + BLOCK_BYTES || file.read(ByteBuffer.wrap(block), position) < BLOCK_BYTES) {
            return -1;
        }
        Matcher checked = CHECKED.matcher(new String(block, StandardCharsets.ISO_8859_1).strip());
        if (!checked.matches()) {
            return -1;
        }
        byte[] text = checked.group(1).getBytes(StandardCharsets.ISO_8859_1);
        boolean whole = DataUtils.getFletcher32(text, 0, text.length) == (int) Long.parseLong(checked.group(2), 16);
        Matcher version = VERSION.matcher(checked.group(1));
        return whole && version.find() ? Long.parseLong(version.group(1), 16) : -1;
    }

    /** Puts the checksum into what is about to be written, if that is a chunk. */
    void seal(ByteBuffer chunk) {
        opening = false;
        int end = chunk.limit();
        if (chunk.remaining() < BLOCK_BYTES || chunk.isReadOnly() || !isFooter(chunk, end - FOOTER_BYTES)) {
            return;
        }
        CRC32C crc = new CRC32C();
        crc.update(chunk.duplicate().limit(end - SEAL_FROM_END));
        long value = crc.getValue();
        for (int i = 0; i < SEAL_BYTES; i++) {
            chunk.put(end - SEAL_FROM_END + i, (byte) (1 + (value >>> 4 * i & 15)));
        }
    }

    private static boolean isFooter(ByteBuffer bytes, int at) {
        for (int i = 0; i < FOOTER_START.length; i++) {
            if (bytes.get(at + i) != FOOTER_START[i]) {
                return false;
            }
        }
        return bytes.get(at + FOOTER_BYTES - 1) == '\n';
    }

    /** Blanks a footer that was just read if its chunk is not whole. */
    void afterRead(ByteBuffer into, int start, long position, int length) throws IOException {
        boolean footer = opening
                && length == FOOTER_BYTES
                && (position + FOOTER_BYTES) % BLOCK_BYTES == 0
                && isFooter(into, start);
        if (footer && !isWhole(into, start, position)) {
            Logger.warn("A write that a power cut has torn is passed over, {} bytes into the store", position);
            for (int i = 0; i < FOOTER_BYTES; i++) {
                into.put(start + i, (byte) 0);
            }
        }
    }

    private boolean isWhole(ByteBuffer footer, int start, long position) throws IOException {
        byte[] bytes = new byte[FOOTER_BYTES];
        footer.duplicate().position(start).get(bytes);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Matcher version = VERSION.matcher(text);
        Matcher blocks = LENGTH.matcher(text);
        if (!version.find() || !blocks.find() || Long.parseLong(version.group(1), 16) <= durableVersion) {
            return true;
        }
        long end = position + FOOTER_BYTES;
        long begin = end - Long.parseLong(blocks.group(1), 16) * BLOCK_BYTES;
        return begin >= 2 * BLOCK_BYTES && sealOf(bytes) == checksum(begin, end - SEAL_FROM_END);
    }

    private static long sealOf(byte[] footer) {
        long value = 0;
        for (int i = 0; i < SEAL_BYTES; i++) {
            value |= (footer[FOOTER_BYTES - SEAL_FROM_END + i] - 1L & 15) << 4 * i;
        }
        return value;
    }

    private long checksum(long begin, long end) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
        for (long at = begin; at < end; ) {
            buffer.clear().limit((int) Math.min(READ_BYTES, end - at));
            int count = file.read(buffer, at);
            if (count <= 0) {
                return -1;
            }
            crc.update(buffer.flip());
            at += count;
        }
        return crc.getValue();
    }
}
