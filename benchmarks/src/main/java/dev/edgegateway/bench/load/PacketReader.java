package dev.edgegateway.bench.load;

import java.nio.ByteBuffer;

/** Cuts whole packets off a buffer; a packet that is not complete stays for the next time. */
final class PacketReader {
    /** Takes one packet, between two positions of the buffer, without its fixed header. */
    @FunctionalInterface
    interface Sink {
        void packet(int header, ByteBuffer buffer, int from, int to);
    }

    private static final int MAX_LENGTH_BYTES = 4;

    private PacketReader() {}

    /**
     * Hands over every whole packet from the buffer's position on, and moves the position behind them.
     *
     * @throws ProtocolException if a remaining length has more than four bytes.
     */
    static void read(ByteBuffer buffer, Sink sink) {
        int at = buffer.position();
        int limit = buffer.limit();
        while (at + 1 < limit) {
            int length = 0;
            int index = at + 1;
            int shift = 0;
            boolean more = true;
            while (more && index < limit) {
                int digit = buffer.get(index++);
                length |= (digit & 127) << shift;
                shift += 7;
                more = digit < 0;
                if (more && shift == 7 * MAX_LENGTH_BYTES) {
                    throw new ProtocolException("a remaining length of more than four bytes");
                }
            }
            if (more || length > limit - index) {
                break;
            }
            int end = index + length;
            sink.packet(buffer.get(at) & 0xFF, buffer, index, end);
            at = end;
        }
        buffer.position(at);
    }
}
