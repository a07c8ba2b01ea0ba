package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import org.jspecify.annotations.Nullable;

/** The way of one message: the tap, the retained messages, the subscribers. */
public final class Router {
    private final PublishTap tap;
    private final RetainedMessages retained;
    private final SubscriptionTree subscriptions;
    private boolean matched;

    public Router(PublishTap tap, RetainedMessages retained, SubscriptionTree subscriptions) {
        this.tap = tap;
        this.retained = retained;
        this.subscriptions = subscriptions;
    }

    /**
     * Routes one authorised message.
     *
     * @param from the subscriber that published it, null if that is none.
     * @return the commit its acknowledgement has to wait for, {@link PublishTap#NOTHING}, or {@link PublishTap#REFUSED},
     *     in which case nobody has seen it.
     */
    public long route(ClientInfo publisher, Message message, @Nullable Subscriber from) {
        long commit = tap.onPublish(publisher, message);
        matched = commit > PublishTap.NOTHING;
        if (commit == PublishTap.REFUSED) {
            if (message.qos() != Qos.AT_MOST_ONCE) {
                return PublishTap.REFUSED;
            }
            commit = BrokerStore.NOTHING;
        }
        if (message.retain()) {
            commit = Math.max(commit, retained.put(message));
        }
        for (SubscriptionTree.Match match : subscriptions.match(message.topic())) {
            Granted granted = match.subscriber() == from ? match.own() : match.granted();
            if (granted != null) {
                matched = true;
                boolean retain = message.retain() && granted.retainAsPublished();
                commit = Math.max(commit, match.subscriber().deliver(message, granted, retain));
            }
        }
        return commit;
    }

    /** The message came to nobody without being routed. */
    public void nothing() {
        matched = false;
    }

    /** Whether the message routed last was kept for the platform or matched a subscription. */
    public boolean matched() {
        return matched;
    }
}
