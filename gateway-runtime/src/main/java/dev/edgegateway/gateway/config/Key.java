package dev.edgegateway.gateway.config;

import org.jspecify.annotations.Nullable;

/**
 * One key of the file.
 *
 * @param fallback what holds if it is absent; null if it is required, or if nothing fixed does.
 * @param absent in words, for the reference, what holds if it is absent; empty if {@code fallback} says it.
 * @param description for the reference, in sentences.
 */
record Key<T>(
        String name,
        Kind<T> kind,
        boolean required,
        @Nullable T fallback,
        String absent,
        String description) {

    static <T> Key<T> required(String name, Kind<T> kind, String description) {
        return new Key<>(name, kind, true, null, "", description);
    }

    static <T> Key<T> withDefault(String name, Kind<T> kind, T fallback, String description) {
        return new Key<>(name, kind, false, fallback, "", description);
    }

    static <T> Key<T> optional(String name, Kind<T> kind, String absent, String description) {
        return new Key<>(name, kind, false, null, absent, description);
    }

    /** What holds if it is absent, as it would stand in a file. */
    @Nullable
    String writtenFallback() {
        return fallback == null ? null : kind.writer().apply(fallback);
    }
}
