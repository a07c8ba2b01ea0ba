package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last retained message of each topic (MQTT 3.1.1 section 3.3.1.3), up to a number of topics. */
public final class RetainedMessages {
    private final Map<String, Message> byTopic = new HashMap<>();
    private final BrokerStore store;
    private final int maxTopics;
    private long refused;

    public RetainedMessages(BrokerStore store, int maxTopics) {
        this.store = store;
        this.maxTopics = maxTopics;
        for (Message message : store.retained()) {
            byTopic.put(message.topic().value(), message);
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
            refused++;
            return BrokerStore.NOTHING;
        }
        byTopic.put(topic, message);
        return store.retain(message);
    }

    /** Those a new subscription gets. */
    public List<Message> matching(TopicFilter filter) {
        if (filter.isExact()) {
            Message message = byTopic.get(filter.value());
            return message == null ? List.of() : List.of(message);
        }
        return byTopic.values().stream()
                .filter(message -> filter.matches(message.topic()))
                .toList();
    }

    public int size() {
        return byTopic.size();
    }

    /** Messages not kept because the bound on topics was reached. */
    public long refused() {
        return refused;
    }
}
