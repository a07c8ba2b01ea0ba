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
 * goes when it is met.
 */
public final class RetainedMessages {
    private final Map<String, Message> byTopic = new HashMap<>();
    private final BrokerStore store;
    private final int maxTopics;
    private final LongSupplier nowMillis;
    private long refused;
    private long expired;

    /** @param nowMillis the broker's timeline. */
    public RetainedMessages(BrokerStore store, int maxTopics, LongSupplier nowMillis) {
        this.store = store;
        this.maxTopics = maxTopics;
        this.nowMillis = nowMillis;
        for (Message message : store.retained()) {
            MessageProperties properties = message.properties().resumedAt(nowMillis.getAsLong());
            byTopic.put(message.topic().value(), message.withProperties(properties));
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
            return byTopic.remove(topic) == null ? BrokerStore.NOTHING : store.unretain(message.topic());
        }
        if (byTopic.size() >= maxTopics && !byTopic.containsKey(topic)) {
            forget(byTopic.values().stream().filter(this::isExpired).toList());
            if (byTopic.size() >= maxTopics) {
                refused++;
                return BrokerStore.NOTHING;
            }
        }
        byTopic.put(topic, message);
        return store.retain(message);
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
        for (Message message : over) {
            byTopic.remove(message.topic().value());
            store.unretain(message.topic());
            expired++;
        }
    }

    public int size() {
        return byTopic.size();
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
