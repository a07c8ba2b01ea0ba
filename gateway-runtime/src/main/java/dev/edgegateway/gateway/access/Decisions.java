package dev.edgegateway.gateway.access;

import org.jspecify.annotations.Nullable;

/**
 * What was decided on the topics a client used last. Sixteen places, in which a topic displaces whichever had its place;
 * a hit allocates nothing. One thread.
 */
final class Decisions {
    private static final int PLACES = 16;

    private final @Nullable String[] topics = new @Nullable String[PLACES];
    private final boolean[] allowed = new boolean[PLACES];

    /** @return 1 for allowed, 0 for denied, -1 if it is not known. */
    int find(String topic) {
        int place = place(topic);
        return topic.equals(topics[place]) ? (allowed[place] ? 1 : 0) : -1;
    }

    void keep(String topic, boolean allow) {
        int place = place(topic);
        topics[place] = topic;
        allowed[place] = allow;
    }

    private static int place(String topic) {
        int hash = topic.hashCode();
        return (hash ^ hash >>> 16 ^ hash >>> 8) & (PLACES - 1);
    }
}
