package dev.edgegateway.sensor.bus.linux;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PseudoTerminalTest {
    private static final int FLAGS = Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC;

    private PseudoTerminal terminal;
    private int farEnd;

    @BeforeEach
    void open() {
        terminal = PseudoTerminal.open();
        farEnd = Libc.open(terminal.path().toString(), FLAGS);
    }

    @AfterEach
    void close() {
        Libc.close(farEnd);
        terminal.close();
    }

    @Test
    void everyByteValuePassesUnchangedInBothDirections() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        assertEquals(256, terminal.write(all));
        assertArrayEquals(all, readFar(256));

        assertEquals(256, Libc.write(farEnd, all, 0));
        assertArrayEquals(all, readNear(256));
    }

    @Test
    void nothingWrittenIsEchoed() {
        terminal.write("hello\r\n".getBytes(US_ASCII));
        assertEquals(0, terminal.read(new byte[16]));
    }

    @Test
    void writingToALineThatNobodyReadsGivesUpAndSaysHowMuchItTook() {
        byte[] plenty = new byte[100_000];
        int taken = terminal.write(plenty);
        assertTrue(taken > 0 && taken < plenty.length, "took " + taken);
        assertEquals(0, terminal.write(new byte[] {1}));
    }

    @Test
    void writingGoesOnAsSoonAsSomebodyReads() {
        byte[] plenty = new byte[50_000];
        Arrays.fill(plenty, (byte) 'x');
        CompletableFuture<Integer> written = CompletableFuture.supplyAsync(() -> terminal.write(plenty));
        assertArrayEquals(plenty, readFar(plenty.length));
        assertEquals(plenty.length, written.join());
    }

    @Test
    void theLineOutlivesAReaderWhoLeaves() {
        int visitor = Libc.open(terminal.path().toString(), FLAGS);
        Libc.close(visitor);
        Libc.close(farEnd);
        terminal.write("still here".getBytes(US_ASCII));
        farEnd = Libc.open(terminal.path().toString(), FLAGS);
        assertEquals("still here", new String(readFar(10), US_ASCII));
    }

    @Test
    void closingHangsUpAndEndsTheCallsUnderWay() {
        CompletableFuture<Integer> reading = CompletableFuture.supplyAsync(() -> terminal.read(new byte[1]));
        terminal.close();
        terminal.close();

        assertThrows(CompletionException.class, reading::join);
        assertThrows(IllegalStateException.class, () -> terminal.write(new byte[1]));
        assertThrows(IllegalStateException.class, () -> terminal.read(new byte[1]));
        assertEquals(0, Libc.read(farEnd, new byte[1]));
        assertThrows(UncheckedIOException.class, () -> Libc.write(farEnd, new byte[1], 0));
    }

    @Test
    void eachTerminalHasAPathOfItsOwn() {
        try (PseudoTerminal other = PseudoTerminal.open()) {
            assertFalse(other.path().equals(terminal.path()));
            other.write(new byte[] {42});
            assertEquals(0, Libc.read(farEnd, new byte[1]));
        }
    }

    private byte[] readFar(int length) {
        byte[] all = new byte[length];
        int filled = 0;
        while (filled < length && Libc.poll(farEnd, Libc.POLLIN, 2000)) {
            byte[] some = new byte[length - filled];
            int count = Libc.read(farEnd, some);
            System.arraycopy(some, 0, all, filled, count);
            filled += count;
        }
        return Arrays.copyOf(all, filled);
    }

    private byte[] readNear(int length) {
        byte[] all = new byte[length];
        int filled = 0;
        int count = 1;
        while (filled < length && count > 0) {
            byte[] some = new byte[length - filled];
            count = terminal.read(some);
            System.arraycopy(some, 0, all, filled, count);
            filled += count;
        }
        return Arrays.copyOf(all, filled);
    }
}
