package dev.edgegateway.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketReaderTest {
    private final List<String> seen = new ArrayList<>();

    private void read(ByteBuffer buffer) {
        PacketReader.read(buffer, (header, from, start, end) -> seen.add(header + ":" + (end - start)));
    }

    @Test
    void severalPacketsInOneBufferComeOneByOne() {
        read(ByteBuffer.wrap(new byte[] {0x40, 2, 0, 1, 0x40, 2, 0, 2, (byte) 0xD0, 0}));
        assertEquals(List.of("64:2", "64:2", "208:0"), seen);
    }

    @Test
    void aPacketCutAnywhereWaitsForItsRest() {
        byte[] packet = Packets.publish("t", 300, 1);
        for (int cut = 0; cut < packet.length; cut++) {
            seen.clear();
            ByteBuffer buffer = ByteBuffer.allocate(packet.length);
            buffer.put(packet, 0, cut).flip();
            read(buffer);
            assertEquals(List.of(), seen, "cut at " + cut);
            buffer.compact();
            buffer.put(packet, cut, packet.length - cut).flip();
            read(buffer);
            assertEquals(List.of("50:305"), seen, "cut at " + cut);
            assertEquals(0, buffer.remaining());
        }
    }

    @Test
    void aRemainingLengthOfFiveBytesIsRefused() {
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0x30, -1, -1, -1, -1, 1});
        assertThrows(ProtocolException.class, () -> read(buffer));
    }
}
