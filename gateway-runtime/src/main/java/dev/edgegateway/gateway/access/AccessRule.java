package dev.edgegateway.gateway.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Says of some clients what they may, or may not, do with some topics. Of all rules the first that fits counts.
 *
 * @param users patterns with {@code *}, of which one must match the user name; empty for everyone, also without a name.
 * @param clients patterns with {@code *} for the client id; empty for every one.
 * @param listeners names of listeners; empty for every one.
 * @param topic a topic filter, in the client's own words; {@code %u} is the user name and {@code %c} the client id.
 * @param allow whether it allows or denies.
 * @param actions at least one.
 */
public record AccessRule(
        List<String> users,
        List<String> clients,
        List<String> listeners,
        String topic,
        boolean allow,
        Set<Action> actions) {

    /** What a client does with a topic. */
    public enum Action {
        PUBLISH,
        /** Asking for messages; takes {@link #RECEIVE} along. */
        SUBSCRIBE,
        /** Being sent messages, whatever was asked for. */
        RECEIVE
    }

    /** @throws IllegalArgumentException if the topic is no topic filter, or no action is named. */
    public AccessRule {
        users = List.copyOf(users);
        clients = List.copyOf(clients);
        listeners = List.copyOf(listeners);
        RuleTopic.compile(topic);
        if (actions.isEmpty()) {
            throw new IllegalArgumentException("a rule names at least one action");
        }
        EnumSet<Action> all = EnumSet.copyOf(actions);
        if (all.contains(Action.SUBSCRIBE)) {
            all.add(Action.RECEIVE);
        }
        actions = Set.copyOf(all);
    }
}
