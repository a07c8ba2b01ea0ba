package dev.edgegateway.forward;

/**
 * A message offered to the queue.
 *
 * @param topic at the platform.
 * @param payload never written again by whoever handed it over.
 * @param qos 0, 1 or 2: how it is to travel to the platform.
 * @param prompt true if someone waits for it to be on disk, false if it may wait for company up to the store's commit
 *     interval.
 */
public record OutboundDraft(String topic, byte[] payload, int qos, boolean retain, boolean prompt) {
    public OutboundDraft {
        if (qos < 0 || qos > 2) {
            throw new IllegalArgumentException("QoS " + qos + " does not exist");
        }
    }
}
