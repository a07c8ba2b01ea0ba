package dev.edgegateway.sensor.serial;

import java.util.Locale;
import java.util.regex.Pattern;

/** Names as people write them, turned into names as payloads have them: {@code tempOut} becomes {@code temp_out}. */
final class SnakeCase {
    private static final Pattern PUNCTUATION = Pattern.compile("[_.-]+");

    /** Between a small letter or digit and a capital, and before the last capital of an abbreviation. */
    private static final Pattern NEW_WORD = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private static final Pattern EDGES = Pattern.compile("^_|_$");

    private SnakeCase() {}

    /** @param name of letters, digits, points, hyphens and underscores, starting with a letter. */
    static String of(String name) {
        String words = NEW_WORD.matcher(name).replaceAll("_");
        String joined = PUNCTUATION.matcher(words).replaceAll("_");
        return EDGES.matcher(joined).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
