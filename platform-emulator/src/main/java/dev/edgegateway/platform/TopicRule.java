package dev.edgegateway.platform;

/**
 * One form of topic a class of clients may use. Written as a topic in which a level {@code ~} stands for one that is not
 * empty and no wildcard, {@code +} for the same or the wildcard {@code +}, and {@code **} at the end for anything, the
 * wildcard {@code #} included. Immutable.
 */
final class TopicRule {
    private final String text;
    private final String[] levels;

    TopicRule(String text) {
        this.text = text;
        this.levels = text.split("/", -1);
    }

    /** Whether a topic or a well-formed filter has this form. */
    boolean matches(String topic) {
        int from = 0;
        for (int i = 0; i < levels.length; i++) {
            String level = levels[i];
            if (level.equals("**")) {
                return from <= topic.length();
            }
            if (from > topic.length()) {
                return false;
            }
            int slash = topic.indexOf('/', from);
            int end = slash < 0 ? topic.length() : slash;
            if (!fits(level, topic, from, end)) {
                return false;
            }
            from = end + 1;
        }
        return from > topic.length();
    }

    private static boolean fits(String level, String topic, int from, int end) {
        int length = end - from;
        return switch (level) {
            case "~" -> length > 0 && !isWildcard(topic, from, length);
            case "+" -> length > 0 && !(length == 1 && topic.charAt(from) == '#');
            default -> length == level.length() && topic.startsWith(level, from);
        };
    }

    private static boolean isWildcard(String topic, int from, int length) {
        return length == 1 && (topic.charAt(from) == '+' || topic.charAt(from) == '#');
    }

    @Override
    public String toString() {
        return text;
    }
}
