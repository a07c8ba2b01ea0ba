package dev.edgegateway.gateway.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns as wide as their widest entry. What it is given must not steer the terminal, so control characters go. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... header) {
        row(header);
    }

    void row(String... cells) {
        rows.add(List.of(cells).stream()
                .map(cell -> cell.replaceAll("\\p{Cntrl}", " "))
                .toList());
    }

    /** The lines, each with a line feed. */
    String text() {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                line.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
