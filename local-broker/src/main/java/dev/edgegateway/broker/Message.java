package dev.edgegateway.broker;

/**
 * One application message on its way through the broker. Immutable, so any thread may hold it.
 *
 * @param topic where it was published, in the broker's own naming.
 * @param payload the bytes as they came; never written again by whoever handed them over.
 * @param qos the level it was published with.
 * @param retain whether the publisher asked to keep it for new subscribers.
 * @param properties what an MQTT 5.0 publisher said besides.
 */
public record Message(TopicName topic, byte[] payload, Qos qos, boolean retain, MessageProperties properties) {
    /** A message without properties, as MQTT 3.1.1 knows it. */
    public Message(TopicName topic, byte[] payload, Qos qos, boolean retain) {
        this(topic, payload, qos, retain, MessageProperties.EMPTY);
    }

    /** Bytes this message counts for in every bound: topic, payload and properties. */
    public int size() {
        int bare = topic.value().length() + payload.length;
        return properties == MessageProperties.EMPTY ? bare : bare + properties.size();
    }

    public Message withRetain(boolean keep) {
        return keep == retain ? this : new Message(topic, payload, qos, keep, properties);
    }

    public Message withTopic(TopicName other) {
        return new Message(other, payload, qos, retain, properties);
    }

    public Message withProperties(MessageProperties other) {
        return other == properties ? this : new Message(topic, payload, qos, retain, other);
    }
}
