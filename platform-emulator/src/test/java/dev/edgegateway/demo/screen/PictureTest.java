package dev.edgegateway.demo.screen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.demo.screen.Snapshot.Wire;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureTest {

    @Test
    void aRunWithSixDevicesFitsEightyByTwentyFourWithNothingMissing() {
        List<String> lines = Picture.draw(snapshot(6, Wire.CUT), 80, 24, false, false);
        String text = String.join("\n", lines);

        assertEquals(24, lines.size());
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), text);
        for (int i = 1; i <= 6; i++) {
            assertTrue(text.contains("device-" + i), text);
        }
        for (String shown : List.of("CUT", "4.2 s", "1,234", "71 MiB", "pid 4711", "99,999", "the last of them")) {
            assertTrue(text.contains(shown), () -> shown + " is missing in\n" + text);
        }
        assertFalse(text.contains("the first of them"), text);
    }

    @Test
    void everySizeIsKept() {
        for (int columns = 1; columns <= 200; columns += 7) {
            for (int rows = 1; rows <= 60; rows += 3) {
                for (Wire wire : Wire.values()) {
                    List<String> lines = Picture.draw(snapshot(20, wire), columns, rows, false, false);
                    int width = columns;
                    assertEquals(rows, lines.size());
                    assertTrue(lines.stream().allMatch(line -> line.length() <= width));
                }
            }
        }
    }

    @Test
    void devicesWithoutARowOfTheirOwnAreSummedUp() {
        String text = String.join("\n", Picture.draw(snapshot(50, Wire.CONNECTED), 80, 24, false, false));
        assertTrue(text.contains("device-1 "), text);
        assertTrue(text.contains("more"), text);
        assertTrue(text.contains("device-1 ") && !text.contains("device-50"), text);
    }

    @Test
    void theBarIsFullWhenTheQueueHoldsTheMostItEverDid() {
        String full = String.join("\n", Picture.draw(snapshot(1, Wire.CUT, 500, 500), 80, 24, false, false));
        String half = String.join("\n", Picture.draw(snapshot(1, Wire.CUT, 250, 500), 80, 24, false, false));
        String empty = String.join("\n", Picture.draw(snapshot(1, Wire.CUT, 0, 500), 80, 24, false, false));
        assertEquals(0, count(full, '░'));
        assertEquals(count(full, '█'), count(empty, '░'));
        assertEquals(count(half, '█'), count(half, '░'), 1);
        assertEquals(0, count(empty, '█'));
    }

    @Test
    void withoutColourThereIsNoEscapeSequenceAndInAsciiNothingElse() {
        String plain = String.join("", Picture.draw(snapshot(6, Wire.CUT), 80, 24, false, true));
        assertTrue(plain.chars().allMatch(c -> c >= 32 && c < 127), plain);
    }

    @Test
    void coloursEndOnTheLineTheyBeganOn() {
        for (String line : Picture.draw(snapshot(6, Wire.CUT), 80, 24, true, false)) {
            int last = line.lastIndexOf('\033');
            assertTrue(last < 0 || line.startsWith("\033[0m", last), line);
            assertTrue(line.replaceAll("\033\\[[0-9;]*m", "").length() <= 80, line);
        }
    }

    @Test
    void whatTheGatewayOrASensorSaysCannotSteerTheTerminal() {
        var canvas = new Canvas(20, 1);
        canvas.put(0, 0, "a\033[2Jb\nc");
        assertEquals(List.of("a [2Jb c"), canvas.lines(false, false));
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static Snapshot snapshot(int devices, Wire wire) {
        return snapshot(devices, wire, 1234, 2000);
    }

    private static Snapshot snapshot(int devices, Wire wire, long queued, long mostQueued) {
        return new Snapshot(
                "publishing",
                Duration.ofMillis(23_400),
                Duration.ofSeconds(45),
                42,
                List.of(
                        new Snapshot.Sensor("mast", "serial", 24, "47.2851,8.5652"),
                        new Snapshot.Sensor("board", "system", 3, "load=0.52")),
                IntStream.rangeClosed(1, devices)
                        .mapToObj(i -> new Snapshot.Device(
                                "device-" + i,
                                i % 2 == 0 ? "mqtt" : "platform",
                                i % 3,
                                i != 3,
                                1000 + i,
                                17,
                                990,
                                2,
                                0,
                                5))
                        .toList(),
                new Snapshot.Gateway(4711, true, 71L << 20, 9, queued, mostQueued, Duration.ofMillis(4200), 2),
                new Snapshot.Uplink(wire, wire == Wire.CUT ? Duration.ofMillis(4200) : Duration.ZERO),
                new Snapshot.Application(99_999, 12, 11, Duration.ofMillis(35)),
                198.4,
                0,
                List.of(
                        new Snapshot.Event(Duration.ZERO, "the first of them"),
                        new Snapshot.Event(Duration.ofSeconds(1), "the devices publish"),
                        new Snapshot.Event(Duration.ofSeconds(17), "the uplink is cut"),
                        new Snapshot.Event(Duration.ofSeconds(20), "the gateway is killed"),
                        new Snapshot.Event(Duration.ofSeconds(21), "the last of them")));
    }
}
