package dev.edgegateway.gateway.access;

import dev.edgegateway.broker.Authorizer;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.access.AccessRule.Action;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Decides what clients may do. The rules are read once; which of them are about a client is found out once for each
 * connection, and what they say of a topic is kept for as long as the client goes on using it.
 *
 * <p>Where no rule fits, a client without a name may do everything, as the listener says; one that has shown who it is
 * may use every topic that does not start with {@code $}, and none at all if there are rules. A device's own topics are
 * always its own. Topics on which the gateway itself or a device speaks are closed to everyone else, and a rule that opens
 * them has to name their first level.
 *
 * <p>Thread: {@code broker}.
 */
public final class AccessRules implements Authorizer {
    /** On these the gateway and its devices speak; see {@link DeviceNamespace}. */
    private static final List<String> SPOKEN_FOR =
            List.of("iot-2/type", "iotdevice-1", "iotdm-1", "edge-gateway/status", "edge-gateway/sensors");

    /** Connections whose rights are at hand; when there are more all are found out anew. */
    private static final int MAX_AT_HAND = 20_000;

    /**
     * What the rules stand on.
     *
     * @param anonymousListeners names of the listeners that let clients in without credentials or certificate.
     * @param namesAreChecked whether a user name was checked wherever one is given. If not, it means nothing.
     * @param guarded topics that are as closed as the gateway's own, with all below them.
     */
    public record Setting(
            List<AccessRule> rules, Set<String> anonymousListeners, boolean namesAreChecked, Set<String> guarded) {
        public Setting {
            rules = List.copyOf(rules);
            anonymousListeners = Set.copyOf(anonymousListeners);
            guarded = Set.copyOf(guarded);
        }
    }

    private final Setting setting;
    private final List<CompiledRule> rules;
    private final List<String> guarded;
    private final Map<ClientInfo, ClientRights> rights = new IdentityHashMap<>();
    private @Nullable ClientInfo lastClient;
    private @Nullable ClientRights lastRights;
    private final LongAdder denied = new LongAdder();

    public AccessRules(Setting setting) {
        this.setting = setting;
        this.rules = setting.rules().stream().map(CompiledRule::of).toList();
        List<String> all = new ArrayList<>(SPOKEN_FOR);
        all.addAll(setting.guarded());
        this.guarded = List.copyOf(all);
    }

    @Override
    public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
        ClientRights mine = rightsOf(client);
        if (mine.mayPublish(topic.value())) {
            return PublishVerdict.ALLOW;
        }
        deny(mine, client, "publish on", topic.value());
        return PublishVerdict.IGNORE;
    }

    @Override
    public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
        ClientRights mine = rightsOf(client);
        List<SubscribeVerdict> verdicts = new ArrayList<>(filters.size());
        for (TopicFilter filter : filters) {
            boolean granted = maySubscribe(mine, filter.value());
            if (!granted) {
                deny(mine, client, "subscribe to", filter.value());
            }
            verdicts.add(granted ? SubscribeVerdict.GRANT : SubscribeVerdict.REFUSE);
        }
        return verdicts;
    }

    /** The broker does not look at messages on their way out, so nothing may be subscribed to that may not be received. */
    private static boolean maySubscribe(ClientRights mine, String filter) {
        return mine.maySubscribe(filter, Action.SUBSCRIBE) && mine.maySubscribe(filter, Action.RECEIVE);
    }

    /** Giving a subscription up is everyone's right. */
    @Override
    public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
        return true;
    }

    /**
     * Whether the client may be sent a message.
     *
     * @param topic as the client would see it.
     */
    public boolean mayReceive(ClientInfo client, TopicName topic) {
        return rightsOf(client).mayReceive(topic.value());
    }

    /** Messages dropped and subscriptions refused so far. Any thread. */
    public long denied() {
        return denied.sum();
    }

    /** Forgets the rights of a connection that has ended. */
    void forget(ClientInfo client) {
        if (client == lastClient) {
            lastClient = null;
            lastRights = null;
        }
        rights.remove(client);
    }

    private ClientRights rightsOf(ClientInfo client) {
        // Messages come in runs of one client.
        ClientRights last = lastRights;
        if (client == lastClient && last != null) {
            return last;
        }
        ClientRights found = rights.get(client);
        if (found == null) {
            found = addRightsOf(client);
        }
        lastClient = client;
        lastRights = found;
        return found;
    }

    private ClientRights addRightsOf(ClientInfo client) {
        if (rights.size() >= MAX_AT_HAND) {
            rights.clear();
        }
        ClientRights found = rightsOf(
                client.listener(),
                client.clientId(),
                client.userName(),
                client.certificateIsUser(),
                client.namespace() instanceof DeviceNamespace);
        rights.put(client, found);
        return found;
    }

    /** Found out anew. Any thread. @param certified whether the user name is that of a certificate. */
    ClientRights rightsOf(
            String listener, String clientId, @Nullable String userName, boolean certified, boolean device) {
        String user = (setting.namesAreChecked() || certified) && !device ? userName : null;
        boolean known = user != null || !setting.anonymousListeners().contains(listener);
        CompiledRule[] mine = rules.stream()
                .map(rule -> rule.forClient(user, clientId, listener))
                .filter(Objects::nonNull)
                .toArray(CompiledRule[]::new);
        return new ClientRights(mine, guarded, device, known, !rules.isEmpty());
    }

    private void deny(ClientRights mine, ClientInfo client, String what, String topic) {
        denied.increment();
        if (mine.isFirstDenial()) {
            Logger.info(
                    "{} from {} may not {} {}; what else it may not do is not logged",
                    Shown.of(client.clientId()),
                    client.remoteAddress(),
                    what,
                    Shown.of(topic));
        }
    }
}
