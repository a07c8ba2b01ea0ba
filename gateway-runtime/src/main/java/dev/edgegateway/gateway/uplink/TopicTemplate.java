package dev.edgegateway.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Text with the values of captures put in: {@code line-{line}/{device}}. Immutable; any thread.
 *
 * <p>It does not judge what comes out, since that depends on what it is for.
 */
public final class TopicTemplate {
    private final String text;
    /** Literal, name, literal, name, ..., literal: a name at each odd place. */
    private final List<String> pieces;

    private TopicTemplate(String text, List<String> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    /**
     * Reads a template.
     *
     * @param captures the names there will be values for.
     * @throws IllegalArgumentException saying what is wrong and what could stand there.
     */
    public static TopicTemplate compile(String text, Set<String> captures) {
        List<String> pieces = new ArrayList<>();
        int at = 0;
        while (true) {
            int open = text.indexOf('{', at);
            String literal = text.substring(at, open < 0 ? text.length() : open);
            requireLiteral(text, literal);
            pieces.add(literal);
            if (open < 0) {
                return new TopicTemplate(text, List.copyOf(pieces));
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'{' without '}' in '" + text + "'");
            }
            String name = text.substring(open + 1, close);
            if (!captures.contains(name)) {
                throw new IllegalArgumentException("'" + text + "' uses {" + name + "}, but the topic captures "
                        + (captures.isEmpty() ? "nothing" : names(captures)));
            }
            pieces.add(name);
            at = close + 1;
        }
    }

    /** @throws IllegalArgumentException if the literal part of this text could not stand in a topic. */
    static void requireLiteral(String text, String literal) {
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '}') {
                throw new IllegalArgumentException("'}' without '{' in '" + text + "'");
            }
            if (c == '+' || c == '#' || Character.isISOControl(c)) {
                throw new IllegalArgumentException("'" + Excerpt.of(text) + "' holds "
                        + (c == '+' || c == '#' ? "the wildcard " + c : "a control character")
                        + ", which no topic that is published to may hold");
            }
        }
    }

    private static String names(Set<String> captures) {
        return captures.stream().sorted().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
    }

    /** Puts the values in; each capture named at compilation must be there. */
    public String fill(Map<String, String> captured) {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            String piece = pieces.get(i);
            if (i % 2 == 0) {
                filled.append(piece);
            } else {
                String value = captured.get(piece);
                if (value == null) {
                    throw new IllegalArgumentException("no value for {" + piece + "} of '" + text + "'");
                }
                filled.append(value);
            }
        }
        return filled.toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
