package dev.edgegateway.gateway.access;

import dev.edgegateway.gateway.access.AccessRule.Action;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one client may do, on topics as it writes them. Thread {@code broker}. */
final class ClientRights {
    private final CompiledRule[] rules;
    /** Prefixes, as whole levels, that nobody may publish under whom no rule lets. */
    private final List<String> guarded;

    private final boolean device;
    /** Whether $-topics are closed. */
    private final boolean known;
    /** Whether nothing is open that no rule opens. */
    private final boolean closed;

    private @Nullable Decisions published;
    private @Nullable Decisions received;
    private boolean denialSaid;

    /**
     * @param rules those about this client.
     * @param device whether it has roots of its own, which only it sees under these names.
     * @param known whether it has shown who it is.
     * @param rulesExist whether there are rules at all.
     */
    ClientRights(CompiledRule[] rules, List<String> guarded, boolean device, boolean known, boolean rulesExist) {
        this.rules = rules;
        this.guarded = guarded;
        this.device = device;
        this.known = known;
        this.closed = known && rulesExist;
    }

    boolean mayPublish(String topic) {
        if (rules.length == 0) {
            return decidePublish(topic);
        }
        Decisions cache = published;
        if (cache == null) {
            cache = published = new Decisions();
        }
        int before = cache.find(topic);
        if (before >= 0) {
            return before == 1;
        }
        boolean allow = decidePublish(topic);
        cache.keep(topic, allow);
        return allow;
    }

    boolean mayReceive(String topic) {
        if (rules.length == 0) {
            return decideReceive(topic);
        }
        Decisions cache = received;
        if (cache == null) {
            cache = received = new Decisions();
        }
        int before = cache.find(topic);
        if (before >= 0) {
            return before == 1;
        }
        boolean allow = decideReceive(topic);
        cache.keep(topic, allow);
        return allow;
    }

    /**
     * Whether the subscription is granted: a rule that allows it must cover it whole, and none before it may deny any
     * topic it could bring.
     */
    boolean maySubscribe(String filter, Action action) {
        for (CompiledRule rule : rules) {
            if (rule.concerns(action)
                    && (rule.allows()
                            ? rule.topic().covers(filter)
                            : rule.topic().overlaps(filter))) {
                return rule.allows();
            }
        }
        return isOpen(filter);
    }

    /** @return true once. */
    boolean isFirstDenial() {
        boolean first = !denialSaid;
        denialSaid = true;
        return first;
    }

    private boolean decidePublish(String topic) {
        boolean own = device && DeviceNamespace.isOwn(topic);
        boolean guard = !own && isGuarded(topic);
        for (CompiledRule rule : rules) {
            if (rule.concerns(Action.PUBLISH)
                    && rule.topic().matches(topic)
                    && !(guard && rule.allows() && rule.topic().startsWithWildcard())) {
                return rule.allows();
            }
        }
        return !guard && isOpen(topic);
    }

    private boolean decideReceive(String topic) {
        for (CompiledRule rule : rules) {
            if (rule.concerns(Action.RECEIVE) && rule.topic().matches(topic)) {
                return rule.allows();
            }
        }
        return isOpen(topic);
    }

    /** Without a rule that says otherwise. */
    private boolean isOpen(String topicOrFilter) {
        if (device && DeviceNamespace.isOwn(topicOrFilter)) {
            return true;
        }
        return !closed && !(known && topicOrFilter.startsWith("$"));
    }

    private boolean isGuarded(String topic) {
        for (int i = 0; i < guarded.size(); i++) {
            String root = guarded.get(i);
            if (topic.startsWith(root) && (topic.length() == root.length() || topic.charAt(root.length()) == '/')) {
                return true;
            }
        }
        return false;
    }
}
