package dev.edgegateway.gateway.config;

/**
 * Something wrong in a configuration file.
 *
 * @param key dotted, as in {@code queue.max_bytes}; empty if it is not about one key.
 * @param what what was found, as a clause that follows the key: {@code is "10 s"}.
 * @param expected what would be right or what to do; empty if {@code what} says it.
 */
public record Problem(Severity severity, Place place, String key, String what, String expected) {
    /** How bad it is. */
    public enum Severity {
        /** The gateway does not start with it. */
        ERROR,
        WARNING;

        /** The word in reports. */
        public String word() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** What is wrong in one sentence, without the place. */
    public String sentence() {
        return (key.isEmpty() ? "" : key + " ") + what + (expected.isEmpty() ? "" : "; " + expected);
    }

    /** Place and sentence in one line, and below it the line of the file, with a mark under what is meant. */
    @Override
    public String toString() {
        return place + ": " + severity.word() + ": " + sentence() + place.excerpt();
    }
}
