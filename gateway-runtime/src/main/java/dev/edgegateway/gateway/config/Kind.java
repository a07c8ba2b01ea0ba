package dev.edgegateway.gateway.config;

import java.util.function.Function;

/**
 * What sort of value a key takes.
 *
 * @param name for the reference: {@code duration}.
 * @param range for the reference, what is allowed beyond that: {@code 1s to 5m}; empty if the name says all.
 * @param expected what would be right: {@code expected a duration from 1s to 5m, as in "10s"}.
 * @param placeholder stands for a value that could not be read while the rest is looked at.
 * @param writer the value as it stands in a file.
 */
record Kind<T>(
        String name, String range, String expected, T placeholder, Reader<T> reader, Function<T, String> writer) {

    /** Turns a TOML value into the Java one. */
    @FunctionalInterface
    interface Reader<T> {
        /**
         * @param value a String, Long, Double, Boolean, or one of TOML's dates and times.
         * @throws IllegalArgumentException if it does not fit; its message is a clause on why, or empty.
         */
        T read(Object value);
    }

    /** What does not fit, when the value itself says all. */
    static IllegalArgumentException mismatch() {
        return new IllegalArgumentException("");
    }
}
