package dev.edgegateway.gateway.access;

import dev.edgegateway.broker.TopicFilter;
import org.jspecify.annotations.Nullable;

/**
 * The topic filter of a rule. {@code %u} and {@code %c} in it stand for user name and client id. Immutable; any thread.
 *
 * <p>As everywhere in MQTT a wildcard in the first level does not reach topics that start with {@code $}.
 */
final class RuleTopic {
    private static final String USER = "%u";
    private static final String CLIENT = "%c";

    private final String text;
    private final String[] levels;

    private RuleTopic(String text) {
        this.text = text;
        this.levels = text.split("/", -1);
    }

    /** @throws IllegalArgumentException if it is no topic filter. */
    static RuleTopic compile(String text) {
        // What a placeholder stands for never holds a wildcard or a slash, so checking it with the placeholder is
        // enough.
        return new RuleTopic(new TopicFilter(text).value());
    }

    /** For one client; null if what a placeholder stands for is missing, or would change the shape of the filter. */
    @Nullable
    RuleTopic forClient(@Nullable String user, String clientId) {
        boolean needsUser = text.contains(USER);
        boolean needsClient = text.contains(CLIENT);
        if (!needsUser && !needsClient) {
            return this;
        }
        if ((needsUser && (user == null || !isPlain(user))) || (needsClient && !isPlain(clientId))) {
            return null;
        }
        StringBuilder filled = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith(USER, i)) {
                filled.append(user);
                i++;
            } else if (text.startsWith(CLIENT, i)) {
                filled.append(clientId);
                i++;
            } else {
                filled.append(text.charAt(i));
            }
        }
        return new RuleTopic(filled.toString());
    }

    private static boolean isPlain(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '/' || c == '+' || c == '#' || c == 0);
    }

    /** Whether the first level is a wildcard. */
    boolean startsWithWildcard() {
        return isAny(levels[0]) || isRest(levels[0]);
    }

    /** Whether the topic matches. Allocates nothing. */
    boolean matches(String topic) {
        if (startsWithWildcard() && topic.startsWith("$")) {
            return false;
        }
        int at = 0;
        for (String level : levels) {
            if (isRest(level)) {
                return true;
            }
            if (at > topic.length()) {
                return false;
            }
            int slash = topic.indexOf('/', at);
            int end = slash < 0 ? topic.length() : slash;
            if (!isAny(level) && (end - at != level.length() || !topic.startsWith(level, at))) {
                return false;
            }
            at = end + 1;
        }
        return at > topic.length();
    }

    /** Whether every topic that the filter matches is matched by this one too. */
    boolean covers(String filter) {
        String[] asked = filter.split("/", -1);
        if (startsWithWildcard() && filter.startsWith("$")) {
            return false;
        }
        for (int i = 0; i < levels.length; i++) {
            if (isRest(levels[i])) {
                return true;
            }
            if (i >= asked.length || isRest(asked[i])) {
                return false;
            }
            if (!isAny(levels[i]) && !levels[i].equals(asked[i])) {
                return false;
            }
        }
        return asked.length == levels.length;
    }

    /** Whether there is a topic that both this one and the filter match. */
    boolean overlaps(String filter) {
        String[] asked = filter.split("/", -1);
        boolean hidden = (startsWithWildcard() && filter.startsWith("$"))
                || ((isAny(asked[0]) || isRest(asked[0])) && text.startsWith("$"));
        if (hidden) {
            return false;
        }
        for (int i = 0; ; i++) {
            boolean mineRests = i < levels.length && isRest(levels[i]);
            boolean askedRests = i < asked.length && isRest(asked[i]);
            if (mineRests || askedRests) {
                return true;
            }
            if (i >= levels.length || i >= asked.length) {
                return levels.length == asked.length;
            }
            if (!isAny(levels[i]) && !isAny(asked[i]) && !levels[i].equals(asked[i])) {
                return false;
            }
        }
    }

    private static boolean isAny(String level) {
        return level.length() == 1 && level.charAt(0) == '+';
    }

    private static boolean isRest(String level) {
        return level.length() == 1 && level.charAt(0) == '#';
    }

    @Override
    public String toString() {
        return text;
    }
}
