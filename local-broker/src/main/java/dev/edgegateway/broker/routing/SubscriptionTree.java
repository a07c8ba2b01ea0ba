package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions by topic level, and a bounded memory of what recent topics matched. A subscriber whose filters
 * overlap on a topic stands in the match once, with the highest level granted (MQTT 3.1.1 section 3.3.5).
 */
public final class SubscriptionTree {
    /** Topics remembered with their matches; past it the memory starts anew. */
    private static final int REMEMBERED_TOPICS = 4096;

    private static final Match[] NO_MATCH = {};

    /** One who gets a message, and at which level at most. */
    public record Match(Subscriber subscriber, Qos granted) {}

    private static final class Node {
        final Map<String, Node> children = new HashMap<>(4);
        /** Those whose filter ends here. */
        final Map<Subscriber, Qos> here = new LinkedHashMap<>(2);
        /** Those whose filter ends with {@code #} below here. */
        final Map<Subscriber, Qos> below = new LinkedHashMap<>(2);

        boolean isEmpty() {
            return children.isEmpty() && here.isEmpty() && below.isEmpty();
        }
    }

    private final Node root = new Node();
    private final Map<String, Match[]> remembered = new HashMap<>();
    private int size;

    /** Adds a subscription, or changes its level. */
    public void add(TopicFilter filter, Subscriber subscriber, Qos qos) {
        Node node = root;
        String[] levels = filter.value().split("/", -1);
        boolean rest = levels[levels.length - 1].equals("#");
        int depth = rest ? levels.length - 1 : levels.length;
        for (int i = 0; i < depth; i++) {
            node = node.children.computeIfAbsent(levels[i], level -> new Node());
        }
        if ((rest ? node.below : node.here).put(subscriber, qos) == null) {
            size++;
        }
        remembered.clear();
    }

    /** Removes a subscription; nothing happens if there is none. */
    public void remove(TopicFilter filter, Subscriber subscriber) {
        String[] levels = filter.value().split("/", -1);
        boolean rest = levels[levels.length - 1].equals("#");
        remove(root, levels, 0, rest ? levels.length - 1 : levels.length, rest, subscriber);
        remembered.clear();
    }

    private void remove(Node node, String[] levels, int at, int depth, boolean rest, Subscriber subscriber) {
        if (at == depth) {
            if ((rest ? node.below : node.here).remove(subscriber) != null) {
                size--;
            }
            return;
        }
        Node child = node.children.get(levels[at]);
        if (child != null) {
            remove(child, levels, at + 1, depth, rest, subscriber);
            if (child.isEmpty()) {
                node.children.remove(levels[at]);
            }
        }
    }

    /** Everyone who gets a message on this topic, each once. The array is shared: read it only. */
    public Match[] match(TopicName topic) {
        Match[] known = remembered.get(topic.value());
        if (known != null) {
            return known;
        }
        Map<Subscriber, Qos> found = new LinkedHashMap<>();
        String[] levels = topic.value().split("/", -1);
        collect(root, levels, 0, topic.value().charAt(0) == '$', found);
        Match[] match = found.isEmpty()
                ? NO_MATCH
                : found.entrySet().stream()
                        .map(entry -> new Match(entry.getKey(), entry.getValue()))
                        .toArray(Match[]::new);
        if (remembered.size() >= REMEMBERED_TOPICS) {
            remembered.clear();
        }
        remembered.put(topic.value(), match);
        return match;
    }

    private static void collect(
            @Nullable Node node, String[] levels, int at, boolean hidden, Map<Subscriber, Qos> found) {
        if (node == null) {
            return;
        }
        boolean wildcards = at > 0 || !hidden;
        if (wildcards) {
            merge(node.below, found);
        }
        if (at == levels.length) {
            merge(node.here, found);
            return;
        }
        collect(node.children.get(levels[at]), levels, at + 1, hidden, found);
        if (wildcards) {
            collect(node.children.get("+"), levels, at + 1, hidden, found);
        }
    }

    private static void merge(Map<Subscriber, Qos> matched, Map<Subscriber, Qos> found) {
        for (Map.Entry<Subscriber, Qos> entry : matched.entrySet()) {
            found.merge(entry.getKey(), entry.getValue(), (a, b) -> a.compareTo(b) >= 0 ? a : b);
        }
    }

    /** Subscriptions held. */
    public int size() {
        return size;
    }
}
