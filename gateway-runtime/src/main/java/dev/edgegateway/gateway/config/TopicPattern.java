package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.TopicFilter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A topic filter in which whole levels may be captures: {@code sensors/{device}/+/{event}}. A capture stands for one
 * level that is not empty.
 */
public final class TopicPattern {
    private final String text;
    private final TopicFilter filter;
    private final String[] levels;
    private final List<String> captures;

    private TopicPattern(String text, TopicFilter filter, String[] levels, List<String> captures) {
        this.text = text;
        this.filter = filter;
        this.levels = levels;
        this.captures = captures;
    }

    /** @throws IllegalArgumentException saying in one clause what is wrong. */
    public static TopicPattern parse(String text) {
        String[] levels = text.split("/", -1);
        List<String> captures = new ArrayList<>();
        String[] filterLevels = levels.clone();
        for (int i = 0; i < levels.length; i++) {
            String name = captureName(levels[i]);
            if (name == null) {
                continue;
            }
            if (captures.contains(name)) {
                throw new IllegalArgumentException("the capture {" + name + "} is there twice");
            }
            captures.add(name);
            filterLevels[i] = "+";
        }
        return new TopicPattern(text, new TopicFilter(String.join("/", filterLevels)), levels, List.copyOf(captures));
    }

    private static @Nullable String captureName(String level) {
        if (level.indexOf('{') < 0 && level.indexOf('}') < 0) {
            return null;
        }
        if (level.length() < 3 || level.charAt(0) != '{' || level.charAt(level.length() - 1) != '}') {
            throw new IllegalArgumentException("a capture must fill a whole level, unlike '" + level + "'");
        }
        String name = level.substring(1, level.length() - 1);
        Template.checkName(name);
        return name;
    }

    /** What to subscribe with to see every topic that can match. */
    public TopicFilter filter() {
        return filter;
    }

    /** The names of the captures, from left to right. */
    public List<String> captures() {
        return captures;
    }

    /**
     * Whether the topic matches, and with what.
     *
     * @return null if it does not match; else one value per capture.
     */
    public @Nullable Captures match(String topic) {
        if (topic.startsWith("$") && (levels[0].equals("+") || levels[0].equals("#") || levels[0].startsWith("{"))) {
            return null;
        }
        String[] values = captures.isEmpty() ? Captures.NO_VALUES : new String[captures.size()];
        int captured = 0;
        int from = 0;
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.equals("#")) {
                return new Captures(captures, values);
            }
            if (from > topic.length()) {
                return null;
            }
            int slash = topic.indexOf('/', from);
            int end = slash < 0 ? topic.length() : slash;
            if (level.startsWith("{")) {
                if (end == from) {
                    return null;
                }
                values[captured++] = topic.substring(from, end);
            } else if (!level.equals("+") && !(level.length() == end - from && topic.startsWith(level, from))) {
                return null;
            }
            from = end + 1;
        }
        return from > topic.length() ? new Captures(captures, values) : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TopicPattern pattern && pattern.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
