package dev.edgegateway.gateway.access;

import dev.edgegateway.gateway.access.AccessRule.Action;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule, ready to be asked. Immutable; any thread. */
final class CompiledRule {
    private final List<Glob> users;
    private final List<Glob> clients;
    private final List<String> listeners;
    private final RuleTopic topic;
    private final boolean allow;
    /** One bit for each action. */
    private final int actions;

    private CompiledRule(
            List<Glob> users, List<Glob> clients, List<String> listeners, RuleTopic topic, boolean allow, int actions) {
        this.users = users;
        this.clients = clients;
        this.listeners = listeners;
        this.topic = topic;
        this.allow = allow;
        this.actions = actions;
    }

    static CompiledRule of(AccessRule rule) {
        return new CompiledRule(
                rule.users().stream().map(Glob::new).toList(),
                rule.clients().stream().map(Glob::new).toList(),
                rule.listeners(),
                RuleTopic.compile(rule.topic()),
                rule.allow(),
                rule.actions().stream()
                        .mapToInt(action -> 1 << action.ordinal())
                        .sum());
    }

    /** The same for one client; null if it is not about this client. */
    @Nullable
    CompiledRule forClient(@Nullable String user, String clientId, String listener) {
        boolean meant = (users.isEmpty() || (user != null && anyMatches(users, user)))
                && (clients.isEmpty() || anyMatches(clients, clientId))
                && (listeners.isEmpty() || listeners.contains(listener));
        RuleTopic filled = meant ? topic.forClient(user, clientId) : null;
        return filled == null ? null : new CompiledRule(List.of(), List.of(), List.of(), filled, allow, actions);
    }

    private static boolean anyMatches(List<Glob> patterns, String text) {
        for (Glob pattern : patterns) {
            if (pattern.matches(text)) {
                return true;
            }
        }
        return false;
    }

    boolean concerns(Action action) {
        return (actions & (1 << action.ordinal())) != 0;
    }

    RuleTopic topic() {
        return topic;
    }

    boolean allows() {
        return allow;
    }
}
