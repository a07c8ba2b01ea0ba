package dev.edgegateway.forward;

/**
 * A message in the queue.
 *
 * @param id its durable sequence number: above 0, rising, never used twice over the life of a store.
 */
public record OutboundMessage(long id, String topic, byte[] payload, int qos, boolean retain, Stamp stamp) {
    /** Bytes it counts for in every bound. */
    public int size() {
        return topic.length() + payload.length + OVERHEAD_BYTES;
    }

    /** What a stored message takes beside topic and payload: key, stamp, flags, its share of the tree's pages. */
    public static final int OVERHEAD_BYTES = 64;
}
