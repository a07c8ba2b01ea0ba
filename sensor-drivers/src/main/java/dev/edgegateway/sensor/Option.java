package dev.edgegateway.sensor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One key a driver understands.
 *
 * @param key {@code snake_case}.
 * @param fallback the value if the key is absent, of the kind's Java type; null if it is required or simply absent.
 * @param choices the allowed words if the kind is {@link Kind#CHOICE}, else empty.
 * @param description one sentence for the reference.
 */
public record Option(
        String key, Kind kind, boolean required, @Nullable Object fallback, List<String> choices, String description) {

    /** The kinds of values, with their Java types. */
    public enum Kind {
        TEXT(String.class),
        INTEGER(Long.class),
        NUMBER(Double.class),
        FLAG(Boolean.class),
        /** Written as {@code "10s"}. */
        DURATION(java.time.Duration.class),
        /** One of some words. */
        CHOICE(String.class);

        private final Class<?> type;

        Kind(Class<?> type) {
            this.type = type;
        }

        public Class<?> type() {
            return type;
        }
    }

    public Option {
        choices = List.copyOf(choices);
        if (fallback != null && !kind.type().isInstance(fallback)) {
            throw new IllegalArgumentException(
                    key + ": a fallback of " + fallback.getClass() + " does not fit " + kind);
        }
    }

    public static Option required(String key, Kind kind, String description) {
        return new Option(key, kind, true, null, List.of(), description);
    }

    public static Option optional(String key, Kind kind, @Nullable Object fallback, String description) {
        return new Option(key, kind, false, fallback, List.of(), description);
    }

    public static Option choice(String key, String fallback, List<String> choices, String description) {
        return new Option(key, Kind.CHOICE, false, fallback, choices, description);
    }
}
