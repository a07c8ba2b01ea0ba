package dev.edgegateway.broker;

/**
 * What is subscribed with: topic levels, {@code +} for one whole level, {@code #} for the rest at the end (MQTT 3.1.1
 * section 4.7).
 *
 * @param value the filter as it stands in SUBSCRIBE.
 */
public record TopicFilter(String value) {
    private static final String SHARE = "$share/";

    public TopicFilter {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a topic filter is at least one character long");
        }
        if (value.length() > 65535 / 3 && TopicName.utf8Length(value) > 65535) {
            throw new IllegalArgumentException("a topic filter is at most 65535 bytes of UTF-8");
        }
        int last = value.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = value.charAt(i);
            boolean startsLevel = i == 0 || value.charAt(i - 1) == '/';
            boolean endsLevel = i == last || value.charAt(i + 1) == '/';
            if (c == 0) {
                throw new IllegalArgumentException("topic filter holds U+0000 at position " + i);
            }
            if (c == '+' && !(startsLevel && endsLevel)) {
                throw new IllegalArgumentException("'+' must fill a whole level in topic filter '" + value + "'");
            }
            if (c == '#' && !(startsLevel && i == last)) {
                throw new IllegalArgumentException("'#' must be the whole last level of topic filter '" + value + "'");
            }
        }
        if (value.startsWith(SHARE)) {
            int end = value.indexOf('/', SHARE.length());
            String group = end < 0 ? "" : value.substring(SHARE.length(), end);
            if (group.isEmpty() || group.equals("+") || end == last) {
                throw new IllegalArgumentException(
                        "a shared subscription is $share/group/filter, group without wildcards, not '" + value + "'");
            }
        }
    }

    /** Whether it names a shared subscription, {@code $share/group/filter} (MQTT 5.0 section 4.8.2). */
    public boolean isShared() {
        return value.startsWith(SHARE);
    }

    /** What messages are matched with: of a shared subscription the part behind the group. */
    public TopicFilter unshared() {
        return isShared() ? new TopicFilter(value.substring(value.indexOf('/', SHARE.length()) + 1)) : this;
    }

    /** The same share of another filter; the other filter itself if this one is not shared. */
    public TopicFilter shareOf(TopicFilter other) {
        return isShared()
                ? new TopicFilter(value.substring(0, value.indexOf('/', SHARE.length()) + 1) + other.value)
                : other;
    }

    /** Levels of the topics it matches. */
    public int levels() {
        return (int) value.chars().filter(c -> c == '/').count() + 1;
    }

    /** Whether the filter holds no wildcard, so that it can match one topic only. */
    public boolean isExact() {
        return value.indexOf('+') < 0 && value.indexOf('#') < 0;
    }

    /** Whether the topic matches, with topics that start with {@code $} hidden from leading wildcards. */
    public boolean matches(TopicName topic) {
        if (isShared()) {
            return unshared().matches(topic);
        }
        String name = topic.value();
        if (name.charAt(0) == '$' && (value.charAt(0) == '+' || value.charAt(0) == '#')) {
            return false;
        }
        int f = 0;
        int t = 0;
        while (true) {
            int filterEnd = levelEnd(value, f);
            if (filterEnd == f + 1 && value.charAt(f) == '#') {
                return true;
            }
            if (t > name.length()) {
                return false;
            }
            int topicEnd = levelEnd(name, t);
            boolean single = filterEnd == f + 1 && value.charAt(f) == '+';
            if (!single && !(filterEnd - f == topicEnd - t && value.startsWith(name.substring(t, topicEnd), f))) {
                return false;
            }
            f = filterEnd + 1;
            t = topicEnd + 1;
            if (f > value.length()) {
                return t > name.length();
            }
        }
    }

    private static int levelEnd(String text, int from) {
        int slash = from > text.length() ? -1 : text.indexOf('/', from);
        return slash < 0 ? text.length() : slash;
    }

    @Override
    public String toString() {
        return value;
    }
}
