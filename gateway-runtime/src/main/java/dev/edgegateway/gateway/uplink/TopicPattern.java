package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.TopicFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A topic filter whose single levels may have names: {@code sensors/{device}/{event}} matches what {@code sensors/+/+}
 * matches and says what stood in the two levels. {@code +} and {@code #} may stand beside captures. Immutable; any
 * thread.
 */
public final class TopicPattern {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final String text;
    private final TopicFilter filter;
    private final List<String> levels;
    /** The capture's name for each level, empty where the level has none. */
    private final List<String> names;

    private TopicPattern(String text, TopicFilter filter, List<String> levels, List<String> names) {
        this.text = text;
        this.filter = filter;
        this.levels = levels;
        this.names = names;
    }

    /** @throws IllegalArgumentException saying what is wrong and where. */
    public static TopicPattern compile(String text) {
        List<String> levels = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String level : text.split("/", -1)) {
            String name = captureName(text, level);
            if (!name.isEmpty() && names.contains(name)) {
                throw new IllegalArgumentException("topic '" + text + "' captures {" + name + "} twice");
            }
            names.add(name);
            levels.add(name.isEmpty() ? level : "+");
        }
        return new TopicPattern(
                text, new TopicFilter(String.join("/", levels)), List.copyOf(levels), List.copyOf(names));
    }

    private static String captureName(String text, String level) {
        boolean opens = level.indexOf('{') >= 0;
        boolean closes = level.indexOf('}') >= 0;
        if (!opens && !closes) {
            return "";
        }
        if (!(level.startsWith("{") && level.indexOf('}') == level.length() - 1)) {
            throw new IllegalArgumentException("a capture must fill a whole level: '" + level + "' in topic '" + text
                    + "' should read like {device}");
        }
        String name = level.substring(1, level.length() - 1);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a capture is named with a-z, 0-9 and _, a letter first: '" + level + "' in topic '" + text + "'");
        }
        return name;
    }

    /** What to subscribe with to get every topic that matches. */
    public TopicFilter filter() {
        return filter;
    }

    /** The names of the captures, in the order of their levels. */
    public Set<String> captures() {
        Set<String> captures = new LinkedHashSet<>(names);
        captures.remove("");
        return Collections.unmodifiableSet(captures);
    }

    /** Whether what matches says more than its captures do. */
    boolean hasUnnamedWildcard() {
        for (int i = 0; i < levels.size(); i++) {
            if (names.get(i).isEmpty()
                    && (levels.get(i).equals("+") || levels.get(i).equals("#"))) {
                return true;
            }
        }
        return false;
    }

    /** What stood in the captured levels; empty if the topic does not match. A captured level may be empty. */
    public Optional<Map<String, String>> match(String topic) {
        if (topic.startsWith("$")
                && (levels.getFirst().equals("+") || levels.getFirst().equals("#"))) {
            return Optional.empty();
        }
        String[] parts = topic.split("/", -1);
        Map<String, String> captured = new LinkedHashMap<>();
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            if (level.equals("#")) {
                return Optional.of(captured);
            }
            if (i >= parts.length || !(level.equals("+") || level.equals(parts[i]))) {
                return Optional.empty();
            }
            if (!names.get(i).isEmpty()) {
                captured.put(names.get(i), parts[i]);
            }
        }
        return parts.length == levels.size() ? Optional.of(captured) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
