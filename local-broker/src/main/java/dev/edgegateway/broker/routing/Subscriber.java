package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;

/** One who receives messages: the session of a client, or a part of this process. */
public interface Subscriber {
    /**
     * Takes a message. Never blocks.
     *
     * @param granted the highest level of the subscriptions that matched.
     * @param retained whether it is delivered because it was retained, and not because it was just published.
     * @return the commit its publisher's acknowledgement has to wait for, or {@code BrokerStore.NOTHING}.
     */
    long deliver(Message message, Qos granted, boolean retained);
}
