package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;

/** The way of one message: the tap, the retained messages, the subscribers. */
public final class Router {
    private final PublishTap tap;
    private final RetainedMessages retained;
    private final SubscriptionTree subscriptions;

    public Router(PublishTap tap, RetainedMessages retained, SubscriptionTree subscriptions) {
        this.tap = tap;
        this.retained = retained;
        this.subscriptions = subscriptions;
    }

    /**
     * Routes one authorised message.
     *
     * @return the commit its acknowledgement has to wait for, {@link PublishTap#NOTHING}, or {@link PublishTap#REFUSED},
     *     in which case nobody has seen it.
     */
    public long route(ClientInfo publisher, Message message) {
        long commit = tap.onPublish(publisher, message);
        if (commit == PublishTap.REFUSED) {
            if (message.qos() != Qos.AT_MOST_ONCE) {
                return PublishTap.REFUSED;
            }
            commit = BrokerStore.NOTHING;
        }
        Message live = message;
        if (message.retain()) {
            commit = Math.max(commit, retained.put(message));
            live = message.withRetain(false);
        }
        for (SubscriptionTree.Match match : subscriptions.match(message.topic())) {
            commit = Math.max(commit, match.subscriber().deliver(live, match.granted(), false));
        }
        return commit;
    }
}
