package dev.edgegateway.broker.session;

import dev.edgegateway.broker.Authorizer.SubscribeVerdict;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.routing.Granted;
import dev.edgegateway.broker.session.PacketReceiver.Requested;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SUBSCRIBE and UNSUBSCRIBE, and the retained messages a subscription brings (MQTT 3.1.1 section 3.8.4, 5.0 3.8.4). */
final class SubscribeFlow {
    /** SUBACK's only refusal in MQTT 3.1.1. */
    private static final int FAILURE = 0x80;

    private final BrokerCore core;
    private final ClientProtocol protocol;
    private final Session session;
    private final ClientInfo client;

    SubscribeFlow(BrokerCore core, ClientProtocol protocol, Session session, ClientInfo client) {
        this.core = core;
        this.protocol = protocol;
        this.session = session;
        this.client = client;
    }

    void onSubscribe(int packetId, List<Requested> requested) {
        List<SubscribeVerdict> verdicts = core.parts()
                .authorizer()
                .onSubscribe(
                        client,
                        requested.stream().map(one -> one.filter().unshared()).toList());
        if (verdicts.contains(SubscribeVerdict.DISCONNECT)) {
            protocol.end(DisconnectReason.INVALID_TOPIC);
            return;
        }
        int[] codes = new int[requested.size()];
        Map<TopicFilter, SubscriptionOptions> granted = new LinkedHashMap<>();
        Set<TopicFilter> known = new HashSet<>();
        int room = core.settings().maxSubscriptionsPerClient()
                - session.subscriptions().size();
        int added = 0;
        for (int i = 0; i < codes.length; i++) {
            TopicFilter filter = inward(requested.get(i).filter());
            boolean old = session.subscriptions().containsKey(filter);
            boolean fresh = !old && !granted.containsKey(filter);
            if (verdicts.get(i) == SubscribeVerdict.REFUSE) {
                codes[i] = refusal(ReasonCode.NOT_AUTHORIZED);
            } else if (filter.levels() > core.settings().limits().maxTopicLevels()) {
                core.counters().subscriptionsRefused++;
                codes[i] = refusal(ReasonCode.TOPIC_FILTER_INVALID);
            } else if (fresh && added >= room) {
                core.counters().subscriptionsRefused++;
                codes[i] = refusal(ReasonCode.QUOTA_EXCEEDED);
            } else {
                added += fresh ? 1 : 0;
                if (old) {
                    known.add(filter);
                }
                codes[i] = requested.get(i).options().qos().level();
                granted.put(filter, requested.get(i).options());
            }
        }
        long commit = session.subscribe(granted);
        core.gate().then(commit, () -> {
            if (protocol.isConnected()) {
                protocol.connection().suback(packetId, codes);
                granted.forEach((filter, options) -> sendRetained(filter, options, known.contains(filter)));
            }
        });
    }

    private int refusal(int reasonCode) {
        return client.protocolLevel() == 5 ? reasonCode : FAILURE;
    }

    private TopicFilter inward(TopicFilter filter) {
        return filter.isShared()
                ? filter.shareOf(client.namespace().inward(filter.unshared()))
                : client.namespace().inward(filter);
    }

    private void sendRetained(TopicFilter filter, SubscriptionOptions options, boolean known) {
        boolean wanted = switch (options.retainHandling()) {
            case ALWAYS -> true;
            case IF_NEW -> !known;
            case NEVER -> false;
        };
        if (wanted && !filter.isShared()) {
            Granted granted = Granted.of(options);
            for (Message message : core.retained().matching(filter)) {
                session.deliver(message, granted, true);
            }
        }
    }

    void onUnsubscribe(int packetId, List<TopicFilter> filters) {
        int[] codes = new int[filters.size()];
        long commit = BrokerStore.NOTHING;
        if (core.parts()
                .authorizer()
                .onUnsubscribe(
                        client, filters.stream().map(TopicFilter::unshared).toList())) {
            List<TopicFilter> inner = new ArrayList<>(filters.size());
            for (int i = 0; i < codes.length; i++) {
                TopicFilter filter = inward(filters.get(i));
                codes[i] = session.subscriptions().containsKey(filter) && !inner.contains(filter)
                        ? ReasonCode.SUCCESS
                        : ReasonCode.NO_SUBSCRIPTION_EXISTED;
                inner.add(filter);
            }
            commit = session.unsubscribe(inner);
        } else {
            Arrays.fill(codes, ReasonCode.NOT_AUTHORIZED);
        }
        core.gate().then(commit, () -> {
            if (protocol.isConnected()) {
                protocol.connection().unsuback(packetId, codes);
            }
        });
    }
}
