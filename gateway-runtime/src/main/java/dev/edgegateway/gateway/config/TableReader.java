package dev.edgegateway.gateway.config;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the keys of one table and reports what does not fit; what could not be read is replaced by something that is valid. */
final class TableReader {
    private final String name;
    private final Node.Table table;
    private final Problems problems;
    private final Set<String> unsound = new HashSet<>();

    TableReader(String name, Node.Table table, Problems problems) {
        this.name = name;
        this.table = table;
        this.problems = problems;
    }

    /**
     * Reports every key that is not one of these.
     *
     * @param tables names of the tables that stand in this one.
     */
    void refuseOthers(List<Key<?>> known, String... tables) {
        List<String> names = Stream.concat(known.stream().map(Key::name), Arrays.stream(tables))
                .toList();
        table.entries().forEach((key, entry) -> {
            if (!names.contains(key)) {
                String hint = names.contains(key + "_file")
                        ? "secrets stand in files of their own: write `" + key + "_file`"
                        : Suggestion.didYouMean(key, names);
                report(entry.keyPlace(), key, "is not a known key", hint);
            }
        });
    }

    /** The value; a required key that is absent is reported. */
    <T> T get(Key<T> key) {
        Optional<T> value = find(key);
        if (value.isPresent()) {
            return value.get();
        }
        T fallback = key.fallback();
        if (fallback != null) {
            return fallback;
        }
        if (!has(key)) {
            problems.missing(
                    table.place(), nameOf(key), "is missing", key.kind().expected());
        }
        return key.kind().placeholder();
    }

    /** The value; empty if it is absent, or was reported. */
    <T> Optional<T> find(Key<T> key) {
        Node.Entry entry = table.entries().get(key.name());
        if (entry == null) {
            return Optional.empty();
        }
        Node value = entry.value();
        if (value instanceof Node.Items(Place _, List<Node> items)
                && items.stream().allMatch(Node.Scalar.class::isInstance)) {
            return read(
                    key,
                    entry.keyPlace(),
                    value,
                    items.stream().map(item -> ((Node.Scalar) item).value()).toList());
        }
        if (!(value instanceof Node.Scalar(Place place, Object scalar))) {
            report(
                    entry.keyPlace(),
                    key.name(),
                    "is " + value.found(),
                    key.kind().expected());
            return Optional.empty();
        }
        return read(key, place, value, scalar);
    }

    private <T> Optional<T> read(Key<T> key, Place place, Node value, Object read) {
        try {
            return Optional.of(key.kind().reader().read(read));
        } catch (IllegalArgumentException e) {
            String why = e.getMessage() == null || e.getMessage().isEmpty() ? "" : " (" + e.getMessage() + ")";
            report(place, key.name(), "is " + value.found() + why, key.kind().expected());
            return Optional.empty();
        }
    }

    boolean has(Key<?> key) {
        return table.entries().containsKey(key.name());
    }

    /** Where the value stands, or the table if the key is absent. */
    Place placeOf(Key<?> key) {
        Node.@Nullable Entry entry = table.entries().get(key.name());
        return entry == null ? table.place() : entry.value().place();
    }

    /** Where the key stands, or the table if it is absent. */
    Place keyPlaceOf(Key<?> key) {
        Node.@Nullable Entry entry = table.entries().get(key.name());
        return entry == null ? table.place() : entry.keyPlace();
    }

    Place place() {
        return table.place();
    }

    void error(Key<?> key, String what, String expected) {
        report(placeOf(key), key.name(), what, expected);
    }

    void warning(Key<?> key, String what, String expected) {
        problems.warning(placeOf(key), nameOf(key), what, expected);
    }

    /** Reports a key that is absent. */
    void missing(Key<?> key, String expected) {
        unsound.add(key.name());
        problems.missing(table.place(), nameOf(key), "is missing", expected);
    }

    /** Reports each of the keys that is there. */
    void refuse(List<Key<?>> keys, String why, String instead) {
        for (Key<?> key : keys) {
            if (has(key)) {
                report(keyPlaceOf(key), key.name(), why, instead);
            }
        }
    }

    /** Whether nothing was wrong so far. */
    boolean clean() {
        return unsound.isEmpty();
    }

    /** Whether nothing was wrong so far with these keys, so that their values can be compared with others. */
    boolean sound(Key<?>... keys) {
        return Arrays.stream(keys).noneMatch(key -> unsound.contains(key.name()));
    }

    private void report(Place place, String key, String what, String expected) {
        unsound.add(key);
        problems.error(place, name + "." + key, what, expected);
    }

    private String nameOf(Key<?> key) {
        return name + "." + key.name();
    }
}
