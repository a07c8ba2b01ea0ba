package dev.edgegateway.gateway.config;

import java.util.List;
import java.util.Map;

/** A piece of a configuration file that knows its place. */
sealed interface Node {
    /** Where its value starts; for a table of its own, its header. */
    Place place();

    /** Keys in the order of the file. */
    record Table(Place place, Map<String, Entry> entries) implements Node {
        static Table empty(Place place) {
            return new Table(place, Map.of());
        }
    }

    record Items(Place place, List<Node> items) implements Node {}

    /** @param value a String, Long, Double, Boolean, or one of TOML's dates and times. */
    record Scalar(Place place, Object value) implements Node {}

    /** A value under its key. */
    record Entry(Place keyPlace, Node value) {}

    /** How a report names it. */
    default String found() {
        return switch (this) {
            case Table _ -> "a table";
            case Items _ -> "a list";
            case Scalar(Place _, String text) -> quoted(text);
            case Scalar(Place _, Object value) -> value.toString();
        };
    }

    /** The text as it would stand in a file, cut to what a line can show. */
    static String quoted(String text) {
        text = SourceText.withoutCredentials(text);
        int shown = Math.min(text.length(), 80);
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c == '"' || c == '\\' ? "\\" : "").append(c);
            }
        }
        return quoted.append(shown < text.length() ? "...\"" : "\"").toString();
    }
}
