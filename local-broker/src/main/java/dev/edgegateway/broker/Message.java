package dev.edgegateway.broker;

/**
 * One application message on its way through the broker. Immutable, so any thread may hold it.
 *
 * @param topic where it was published, in the broker's own naming.
 * @param payload the bytes as they came; never written again by whoever handed them over.
 * @param qos the level it was published with.
 * @param retain whether the publisher asked to keep it for new subscribers.
 */
public record Message(TopicName topic, byte[] payload, Qos qos, boolean retain) {
    /** Bytes this message counts for in every bound: topic and payload. */
    public int size() {
        return topic.value().length() + payload.length;
    }

    public Message withRetain(boolean keep) {
        return keep == retain ? this : new Message(topic, payload, qos, keep);
    }

    public Message withTopic(TopicName other) {
        return new Message(other, payload, qos, retain);
    }
}
