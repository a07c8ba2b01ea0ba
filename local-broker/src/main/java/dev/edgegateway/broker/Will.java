package dev.edgegateway.broker;

/**
 * What a client asks to have published when its connection ends without DISCONNECT (MQTT 3.1.1 section 3.1.2.5).
 *
 * @param delaySeconds how long to wait for the client to come back first, 0 to 2^32-1 (MQTT 5.0 section 3.1.3.2.2).
 */
public record Will(Message message, long delaySeconds) {
    /** Published at once. */
    public Will(Message message) {
        this(message, 0);
    }
}
