package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.Message;

/** One who receives messages: the session of a client, a part of this process, or a group that shares. */
public interface Subscriber {
    /**
     * Takes a message. Never blocks.
     *
     * @param granted what the subscriptions that matched ask for.
     * @param retain the retain flag the receiver is to see.
     * @return the commit its publisher's acknowledgement has to wait for, or {@code BrokerStore.NOTHING}.
     */
    long deliver(Message message, Granted granted, boolean retain);

    /**
     * Takes a message that came to it as a member of a group.
     *
     * @param group where the message goes if this subscriber leaves without having acknowledged it.
     */
    default long deliverShared(Message message, Granted granted, SharedGroup group) {
        return deliver(message, granted, false);
    }

    /** How soon a message would be sent, which decides who of a group gets it. */
    default Readiness readiness() {
        return Readiness.NOW;
    }

    /** From best to worst. */
    enum Readiness {
        /** Connected, and nothing waits in front. */
        NOW,
        /** Connected, behind others. */
        BUSY,
        /** Away; the message waits for it. */
        AWAY,
        /** Away, and a message would be lost. */
        GONE
    }
}
