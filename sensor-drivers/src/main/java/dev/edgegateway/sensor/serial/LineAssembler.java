package dev.edgegateway.sensor.serial;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a stream of bytes into lines, which end with CR, LF or both. Not thread-safe.
 *
 * <p>Who starts to listen in the middle of a line must not take its rest for a line: so what comes before the first end
 * is dropped, unless the stream was silent before it, or it starts with {@code $} and so carries its own checksum.
 */
final class LineAssembler {
    /** Longer lines are dropped; NMEA 0183 allows 82 characters, and hand-made formats stay well below this. */
    static final int MAX_LENGTH = 1024;

    private final byte[] buffer = new byte[MAX_LENGTH];
    private int length;
    private boolean overflown;
    private boolean startKnown;
    private long tooLong;

    /** @return the lines that are complete now, without their ends and without empty ones; one character per byte. */
    List<String> feed(byte[] bytes, int count) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte next = bytes[i];
            if (next == '\n' || next == '\r') {
                endLine(lines);
            } else if (length < MAX_LENGTH) {
                buffer[length++] = next;
            } else {
                overflown = true;
            }
        }
        return lines;
    }

    /** Says that nothing came for much longer than a character takes. */
    void silence() {
        if (length == 0) {
            startKnown = true;
        }
    }

    /** How many lines were dropped for their length. */
    long tooLong() {
        return tooLong;
    }

    private void endLine(List<String> lines) {
        if (overflown) {
            tooLong++;
        } else if (length > 0 && (startKnown || buffer[0] == '$')) {
            lines.add(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
        }
        startKnown = true;
        overflown = false;
        length = 0;
    }
}
