package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.TopicFilter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The last retained message of each topic (MQTT 3.1.1 section 3.3.1.3), up to a number of topics. One whose time is over
 * goes when it is met. Those on topics that start with {@code $} come from this process alone: they never go to the store
 * and do not count against the bound.
 */
public final class RetainedMessages {
    private final Map<String, Message> byTopic = new HashMap<>();
    private final BrokerStore store;
    private final int maxTopics;
    private final LongSupplier nowMillis;
    private long refused;
    private long expired;
    private long bytes;

    /** @param nowMillis the broker's timeline. */
    public RetainedMessages(BrokerStore store, int maxTopics, LongSupplier nowMillis) {
        this.store = store;
        this.maxTopics = maxTopics;
        this.nowMillis = nowMillis;
        for (Message message : store.retained()) {
            MessageProperties properties = message.properties().resumedAt(nowMillis.getAsLong());
            keep(message.withProperties(properties));
        }
    }

    /**
     * Keeps the message, or forgets the topic's one if its payload is empty.
     *
     * @return the commit that covers the change.
     */
    public long put(Message message) {
        String topic = message.topic().value();
        if (message.payload().length == 0) {
            return remove(topic) && !isInternal(message) ? store.unretain(message.topic()) : BrokerStore.NOTHING;
        }
        if (isInternal(message)) {
            keep(message);
            return BrokerStore.NOTHING;
        }
        if (byTopic.size() >= maxTopics && !byTopic.containsKey(topic)) {
            forget(byTopic.values().stream().filter(this::isExpired).toList());
            if (byTopic.size() >= maxTopics) {
                refused++;
                return BrokerStore.NOTHING;
            }
        }
        keep(message);
        return store.retain(message);
    }

    private static boolean isInternal(Message message) {
        return message.topic().value().charAt(0) == '$';
    }

    private void keep(Message message) {
        Message before = byTopic.put(message.topic().value(), message);
        bytes += message.size() - (before == null ? 0 : before.size());
    }

    private boolean remove(String topic) {
        Message before = byTopic.remove(topic);
        bytes -= before == null ? 0 : before.size();
        return before != null;
    }

    /** Forgets all that match. @return the commit that covers it. */
    public long clear(List<Message> messages) {
        long commit = BrokerStore.NOTHING;
        for (Message message : messages) {
            if (remove(message.topic().value()) && !isInternal(message)) {
                commit = Math.max(commit, store.unretain(message.topic()));
            }
        }
        return commit;
    }

    /** Those a new subscription gets. */
    public List<Message> matching(TopicFilter filter) {
        List<Message> found = new ArrayList<>();
        List<Message> over = new ArrayList<>(0);
        if (filter.isExact()) {
            Message message = byTopic.get(filter.value());
            if (message != null) {
                (isExpired(message) ? over : found).add(message);
            }
        } else {
            for (Message message : byTopic.values()) {
                if (filter.matches(message.topic())) {
                    (isExpired(message) ? over : found).add(message);
                }
            }
        }
        forget(over);
        return found;
    }

    private boolean isExpired(Message message) {
        return message.properties().isExpired(nowMillis.getAsLong());
    }

    private void forget(List<Message> over) {
        clear(over);
        expired += over.size();
    }

    public int size() {
        return byTopic.size();
    }

    /** Topic, payload and property bytes of all of them. */
    public long bytes() {
        return bytes;
    }

    /** Messages not kept because the bound on topics was reached. */
    public long refused() {
        return refused;
    }

    /** Messages whose time was over. */
    public long expired() {
        return expired;
    }
}
