package dev.edgegateway.demo.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A sheet of characters. What is put beyond its edges is cut off, so that whatever is drawn fits. */
final class Canvas {
    /** What stands for a character where only ASCII can be shown. */
    private static final String FANCY = "┌┐└┘─│█░▶╳…";

    private static final String PLAIN = "++++-|#.>X~";

    private final int columns;
    private final int rows;
    private final char[][] characters;
    private final Ink[][] inks;

    Canvas(int columns, int rows) {
        this.columns = columns;
        this.rows = rows;
        characters = new char[rows][columns];
        inks = new Ink[rows][columns];
        for (int row = 0; row < rows; row++) {
            Arrays.fill(characters[row], ' ');
            Arrays.fill(inks[row], Ink.PLAIN);
        }
    }

    /** Writes from this place to the right; control characters become blanks. */
    void put(int column, int row, String text, Ink ink) {
        for (int i = 0; i < text.length(); i++) {
            int at = column + i;
            if (row >= 0 && row < rows && at >= 0 && at < columns) {
                char c = text.charAt(i);
                characters[row][at] = Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c;
                inks[row][at] = ink;
            }
        }
    }

    void put(int column, int row, String text) {
        put(column, row, text, Ink.PLAIN);
    }

    /** Writes so that the text ends before this column. */
    void putRight(int endColumn, int row, String text, Ink ink) {
        put(endColumn - text.length(), row, text, ink);
    }

    /** An empty box, its edges included in the size, with a title in the upper edge. */
    void box(int column, int row, int width, int height, String title) {
        String edge = "─".repeat(Math.max(0, width - 2));
        put(column, row, "┌" + edge + "┐", Ink.DIM);
        for (int i = 1; i < height - 1; i++) {
            put(column, row + i, "│", Ink.DIM);
            put(column + width - 1, row + i, "│", Ink.DIM);
        }
        put(column, row + height - 1, "└" + edge + "┘", Ink.DIM);
        put(column + 2, row, " " + title + " ", Ink.BOLD);
    }

    /**
     * The rows, without blanks at their ends.
     *
     * @param colour whether inks become escape sequences.
     * @param ascii whether only ASCII can be shown.
     */
    List<String> lines(boolean colour, boolean ascii) {
        var lines = new ArrayList<String>();
        for (int row = 0; row < rows; row++) {
            var line = new StringBuilder();
            Ink ink = Ink.PLAIN;
            for (int column = 0; column < lengthOf(row); column++) {
                if (colour && inks[row][column] != ink) {
                    ink = inks[row][column];
                    line.append(ink.begin());
                }
                line.append(ascii ? plain(characters[row][column]) : characters[row][column]);
            }
            if (ink != Ink.PLAIN) {
                line.append(Ink.PLAIN.begin());
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private int lengthOf(int row) {
        int length = columns;
        while (length > 0 && characters[row][length - 1] == ' ') {
            length--;
        }
        return length;
    }

    private static char plain(char c) {
        int known = FANCY.indexOf(c);
        return known >= 0 ? PLAIN.charAt(known) : c < 128 ? c : '?';
    }
}
