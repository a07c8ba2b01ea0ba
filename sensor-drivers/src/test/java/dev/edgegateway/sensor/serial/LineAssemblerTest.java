package dev.edgegateway.sensor.serial;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    private final LineAssembler assembler = new LineAssembler();

    @BeforeEach
    void knowWhereALineStarts() {
        assembler.silence();
    }

    @Test
    void anyLineEndEndsOneLine() {
        assertEquals(List.of("a", "b", "c"), feed("a\nb\rc\r\n"));
    }

    @Test
    void emptyLinesAreNothing() {
        assertEquals(List.of("a"), feed("\n\n\r\n\ra\n\n"));
    }

    @Test
    void aLineMayComeInPieces() {
        assertEquals(List.of(), feed("te"));
        assertEquals(List.of(), feed("mp=2"));
        assertEquals(List.of("temp=21"), feed("1\r"));
        assertEquals(List.of(), feed("\n"));
    }

    @Test
    void theLongestLineIsKeptAndOneByteMoreIsDroppedAndCounted() {
        String longest = "x".repeat(LineAssembler.MAX_LENGTH);
        assertEquals(List.of(longest), feed(longest + "\n"));
        assertEquals(0, assembler.tooLong());

        assertEquals(List.of("next"), feed(longest + "y\nnext\n"));
        assertEquals(1, assembler.tooLong());
    }

    @Test
    void aStreamWithoutAnyLineEndTakesNoMoreMemoryAndIsLeftWithTheNextLine() {
        byte[] noise = new byte[100_000];
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), assembler.feed(noise, noise.length));
        }
        assertEquals(List.of("ok"), feed("\nok\n"));
        assertEquals(1, assembler.tooLong());
    }

    @Test
    void theRestOfALineJoinedHalfWayIsNotTakenForALine() {
        var late = new LineAssembler();
        assertEquals(List.of("temp=22"), late.feed("mp=21\ntemp=22\n".getBytes(ISO_8859_1), 14));
    }

    @Test
    void aFirstLineWithAChecksumOfItsOwnIsTaken() {
        var late = new LineAssembler();
        assertEquals(List.of("$GPX*00"), late.feed("$GPX*00\n".getBytes(ISO_8859_1), 8));
    }

    @Test
    void silenceInTheMiddleOfAFirstLineProvesNothing() {
        var late = new LineAssembler();
        late.feed("mp=".getBytes(ISO_8859_1), 3);
        late.silence();
        assertEquals(List.of(), late.feed("21\n".getBytes(ISO_8859_1), 3));
    }

    @Test
    void howTheBytesAreDividedChangesNothing() {
        Random random = new Random(42);
        for (int run = 0; run < 200; run++) {
            byte[] bytes = new byte[random.nextInt(5000)];
            random.nextBytes(bytes);
            for (int i = random.nextInt(40); i < bytes.length; i += 1 + random.nextInt(1500)) {
                bytes[i] = '\n';
            }
            var whole = new LineAssembler();
            var pieces = new LineAssembler();
            List<String> expected = whole.feed(bytes, bytes.length);
            List<String> actual = new ArrayList<>();
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(bytes.length - from, 1 + random.nextInt(700));
                byte[] piece = new byte[count + random.nextInt(3)];
                System.arraycopy(bytes, from, piece, 0, count);
                actual.addAll(pieces.feed(piece, count));
                from += count;
            }
            assertEquals(expected, actual, "run " + run);
            assertEquals(whole.tooLong(), pieces.tooLong(), "run " + run);
        }
    }

    private List<String> feed(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return assembler.feed(bytes, bytes.length);
    }
}
