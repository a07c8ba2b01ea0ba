package dev.edgegateway.bench.report;

import java.util.ArrayList;
import java.util.List;

/** A Markdown table whose columns also line up as plain text. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    public Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** @throws IllegalArgumentException if there are more or fewer cells than headings. */
    public void add(List<String> cells) {
        if (cells.size() != rows.getFirst().size()) {
            throw new IllegalArgumentException(
                    cells.size() + " cells under " + rows.getFirst().size() + " headings");
        }
        rows.add(List.copyOf(cells));
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(text, rows.get(r), widths, ' ');
            if (r == 0) {
                line(text, rows.getFirst().stream().map(heading -> "").toList(), widths, '-');
            }
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> cells, int[] widths, char filler) {
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            text.append('|').append(filler).append(cell);
            text.repeat(filler, widths[i] - cell.length() + 1);
        }
        text.append("|\n");
    }
}
