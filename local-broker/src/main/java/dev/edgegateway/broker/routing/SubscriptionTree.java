package dev.edgegateway.broker.routing;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All subscriptions by topic level, and a bounded memory of what recent topics matched. A subscriber whose filters
 * overlap on a topic stands in the match once, with the highest level granted (MQTT 3.1.1 section 3.3.5). A shared
 * subscription stands in it as its group.
 */
public final class SubscriptionTree {
    /** Topics remembered with their matches; past it the memory starts anew. */
    private static final int REMEMBERED_TOPICS = 4096;

    private static final Match[] NO_MATCH = {};

    /**
     * One who gets a message, and how.
     *
     * @param own how it gets a message it published itself; null if all its subscriptions keep that from it.
     */
    public record Match(
            Subscriber subscriber,
            Granted granted,
            @Nullable Granted own) {}

    private static final class Node {
        final Map<String, Node> children = new HashMap<>(4);
        /** Those whose filter ends here. */
        final Map<Subscriber, SubscriptionOptions> here = new LinkedHashMap<>(2);
        /** Those whose filter ends with {@code #} below here. */
        final Map<Subscriber, SubscriptionOptions> below = new LinkedHashMap<>(2);

        boolean isEmpty() {
            return children.isEmpty() && here.isEmpty() && below.isEmpty();
        }
    }

    private final Node root = new Node();
    private final Map<TopicFilter, SharedGroup> groups = new HashMap<>();
    private final Map<String, Match[]> remembered = new HashMap<>();
    private int size;
    private int shared;

    /** Adds a subscription, or changes it. */
    public void add(TopicFilter filter, Subscriber subscriber, SubscriptionOptions options) {
        if (!filter.isShared()) {
            put(filter, subscriber, options);
            return;
        }
        SharedGroup group = groups.computeIfAbsent(filter, f -> {
            SharedGroup fresh = new SharedGroup();
            put(f.unshared(), fresh, options);
            size--;
            return fresh;
        });
        if (group.put(subscriber, options)) {
            shared++;
        }
    }

    private void put(TopicFilter filter, Subscriber subscriber, SubscriptionOptions options) {
        Node node = root;
        String[] levels = filter.value().split("/", -1);
        boolean rest = levels[levels.length - 1].equals("#");
        int depth = rest ? levels.length - 1 : levels.length;
        for (int i = 0; i < depth; i++) {
            node = node.children.computeIfAbsent(levels[i], level -> new Node());
        }
        if ((rest ? node.below : node.here).put(subscriber, options) == null) {
            size++;
        }
        remembered.clear();
    }

    /** Removes a subscription; nothing happens if there is none. */
    public void remove(TopicFilter filter, Subscriber subscriber) {
        SharedGroup group = filter.isShared() ? groups.get(filter) : null;
        if (group == null) {
            take(filter, subscriber);
        } else if (group.remove(subscriber)) {
            shared--;
            if (group.isEmpty()) {
                groups.remove(filter);
                size++;
                take(filter.unshared(), group);
            }
        }
    }

    private void take(TopicFilter filter, Subscriber subscriber) {
        String[] levels = filter.value().split("/", -1);
        boolean rest = levels[levels.length - 1].equals("#");
        take(root, levels, 0, rest ? levels.length - 1 : levels.length, rest, subscriber);
        remembered.clear();
    }

    private void take(Node node, String[] levels, int at, int depth, boolean rest, Subscriber subscriber) {
        if (at == depth) {
            if ((rest ? node.below : node.here).remove(subscriber) != null) {
                size--;
            }
            return;
        }
        Node child = node.children.get(levels[at]);
        if (child != null) {
            take(child, levels, at + 1, depth, rest, subscriber);
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
        Map<Subscriber, List<SubscriptionOptions>> found = new LinkedHashMap<>();
        String[] levels = topic.value().split("/", -1);
        collect(root, levels, 0, topic.value().charAt(0) == '$', found);
        Match[] match = found.isEmpty()
                ? NO_MATCH
                : found.entrySet().stream()
                        .map(entry -> match(entry.getKey(), entry.getValue()))
                        .toArray(Match[]::new);
        if (remembered.size() >= REMEMBERED_TOPICS) {
            remembered.clear();
        }
        remembered.put(topic.value(), match);
        return match;
    }

    private static Match match(Subscriber subscriber, List<SubscriptionOptions> subscriptions) {
        Granted all = null;
        Granted own = null;
        for (SubscriptionOptions options : subscriptions) {
            Granted one = Granted.of(options);
            all = all == null ? one : all.and(one);
            if (!options.noLocal()) {
                own = own == null ? one : own.and(one);
            }
        }
        return new Match(subscriber, requireNonNull(all), own);
    }

    private static void collect(
            @Nullable Node node,
            String[] levels,
            int at,
            boolean hidden,
            Map<Subscriber, List<SubscriptionOptions>> found) {
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

    private static void merge(
            Map<Subscriber, SubscriptionOptions> matched, Map<Subscriber, List<SubscriptionOptions>> found) {
        matched.forEach((subscriber, options) ->
                found.computeIfAbsent(subscriber, s -> new ArrayList<>(1)).add(options));
    }

    /** Members of groups. */
    public int shared() {
        return shared;
    }

    /** Subscriptions held, each member of a group counted. */
    public int size() {
        return size + shared;
    }
}
