package dev.edgegateway.forward.paho;

/**
 * What the platform is to send down.
 *
 * @param qos 0 or 1. At 2 a message would be lost if the process ended between the two halves of the handshake, since the
 *     first half is acknowledged before the message is where it belongs; at 1 it comes again.
 */
public record Subscription(String filter, int qos) {
    public Subscription {
        if (qos != 0 && qos != 1) {
            throw new IllegalArgumentException(
                    "subscription to " + filter + " with QoS " + qos + ", only 0 and 1 are safe");
        }
    }
}
