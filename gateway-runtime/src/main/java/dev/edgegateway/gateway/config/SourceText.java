package dev.edgegateway.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of a configuration file, kept to be quoted. */
public final class SourceText {
    /** Keys whose value is not to be seen in a terminal or a journal, even where it should never have been written. */
    private static final Pattern SECRET =
            Pattern.compile("(?i)(password|passwd|secret|token|api[-_]?key)(?![\\w.-]*_file)[\\w.\"' -]*=");

    private static final Pattern CREDENTIALS = Pattern.compile("//[^@\\s\"']*@");

    private static final int MAX_QUOTED = 160;

    private final Path file;
    private final List<String> lines;

    SourceText(Path file, String text) {
        this.file = file;
        this.lines = text.lines().toList();
    }

    Path file() {
        return file;
    }

    String excerpt(int line, int column) {
        if (line > lines.size()) {
            return "";
        }
        String quoted = withoutSecret(lines.get(line - 1));
        String number = "%5d | ".formatted(line);
        if (column < 1 || column > quoted.length() + 1 || column > MAX_QUOTED) {
            return "\n" + number + cut(quoted);
        }
        String before = quoted.substring(0, column - 1).replaceAll("[^\t]", " ");
        String mark = "^" + "~".repeat(Math.max(0, Math.min(tokenLength(quoted, column - 1), MAX_QUOTED) - 1));
        return "\n" + number + cut(quoted) + "\n" + " ".repeat(number.length() - 2) + "| " + before + mark;
    }

    private static String cut(String line) {
        return line.length() <= MAX_QUOTED ? line : line.substring(0, MAX_QUOTED) + "...";
    }

    private static String withoutSecret(String line) {
        var matcher = SECRET.matcher(line);
        return matcher.find() ? line.substring(0, matcher.end()) + " ..." : withoutCredentials(line);
    }

    /** The text with {@code ...} for user name and password in a URL. */
    static String withoutCredentials(String text) {
        return CREDENTIALS.matcher(text).replaceAll("//...@");
    }

    /** Length of what starts there: a string with its quotes, a table's header, or a word. */
    private static int tokenLength(String line, int from) {
        if (from >= line.length()) {
            return 1;
        }
        char first = line.charAt(from);
        @Nullable
        Character closing = first == '"' || first == '\'' ? (Character) first : first == '[' ? (Character) ']' : null;
        int end = from + 1;
        if (closing != null) {
            while (end < line.length() && line.charAt(end) != closing) {
                end += line.charAt(end) == '\\' && first == '"' ? 2 : 1;
            }
            while (end < line.length() && line.charAt(end) == closing && first == '[') {
                end++;
            }
            return Math.min(first == '[' ? end : end + 1, line.length()) - from;
        }
        while (end < line.length() && " \t,]}=#".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end - from;
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
