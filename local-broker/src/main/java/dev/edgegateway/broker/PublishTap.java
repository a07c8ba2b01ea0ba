package dev.edgegateway.broker;

/**
 * Sees every authorised message before it is acknowledged.
 *
 * <p>What it must keep it hands to the durable store and answers with the number of the commit to wait for; the
 * acknowledgement (PUBACK, PUBREC) is sent once {@link LocalBroker#committedThrough} has named that number or a later
 * one.
 */
@FunctionalInterface
public interface PublishTap {
    /** Nothing to wait for. */
    long NOTHING = 0;

    /**
     * Not taken: a 5.0 publisher is told so (reason code 0x97); an older one is not acknowledged and its connection is
     * closed, since MQTT 3.1.1 knows no negative acknowledgement; a QoS 0 message is dropped and counted.
     */
    long REFUSED = -1;

    /**
     * Thread: {@code broker}; must not block.
     *
     * @param publisher the client, or a part of this process ({@link ClientInfo#inProcess}).
     * @param message with its inner topic.
     * @return a commit number above 0, {@link #NOTHING} or {@link #REFUSED}. Numbers never fall from call to call.
     */
    long onPublish(ClientInfo publisher, Message message);

    /** Keeps nothing. */
    PublishTap NONE = (publisher, message) -> NOTHING;
}
