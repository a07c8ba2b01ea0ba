package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.uplink.TopicPattern;
import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values there are. */
final class Kinds {
    /** The platform's rule for type and device ids. */
    static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_.-]{1,36}");

    private static final int MAX_LIST = 1000;

    private Kinds() {}

    /** Text without control characters. */
    static Kind<String> text(int maxChars) {
        return text(
                "text",
                "up to " + maxChars + " characters",
                "expected text of 1 to " + maxChars + " characters",
                "text",
                text -> {
                    boolean fits = !text.isEmpty()
                            && text.length() <= maxChars
                            && text.chars().noneMatch(Character::isISOControl);
                    if (!fits) {
                        throw Kind.mismatch();
                    }
                    return text;
                });
    }

    static Kind<String> identifier() {
        return text("id", "", "expected 1 to 36 of A-Z a-z 0-9 - _ .", "id", text -> {
            if (!IDENTIFIER.matcher(text).matches()) {
                throw Kind.mismatch();
            }
            return text;
        });
    }

    static Kind<Integer> integer(int min, int max) {
        return new Kind<>(
                "integer",
                min + " to " + max,
                "expected a whole number from " + min + " to " + max,
                min,
                value -> Math.toIntExact(wholeNumber(value, min, max)),
                String::valueOf);
    }

    /** As drivers take it. */
    static Kind<Long> wholeNumber() {
        return new Kind<>(
                "integer",
                "",
                "expected a whole number of at most 32 bits, as in 118 or 0x76",
                0L,
                value -> wholeNumber(value, Integer.MIN_VALUE, Integer.MAX_VALUE),
                String::valueOf);
    }

    static Kind<Double> number() {
        return new Kind<>(
                "number",
                "",
                "expected a number",
                0.0,
                value -> {
                    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
                        return number.doubleValue();
                    }
                    throw Kind.mismatch();
                },
                String::valueOf);
    }

    private static long wholeNumber(Object value, long min, long max) {
        if (value instanceof Long number && number >= min && number <= max) {
            return number;
        }
        throw Kind.mismatch();
    }

    static Kind<Boolean> flag() {
        return new Kind<>(
                "flag",
                "",
                "expected true or false",
                false,
                value -> {
                    if (value instanceof Boolean flag) {
                        return flag;
                    }
                    throw Kind.mismatch();
                },
                String::valueOf);
    }

    static Kind<Duration> duration(String min, String max) {
        Duration least = Units.duration(min);
        Duration most = Units.duration(max);
        return text(
                "duration",
                min + " to " + max,
                "expected a duration from " + min + " to " + max + ", as in \"10s\" (ms, s, m, h, d)",
                least,
                text -> {
                    Duration duration = Units.duration(text);
                    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                        throw Kind.mismatch();
                    }
                    return duration;
                },
                Units::write);
    }

    /** Bytes; a bare number is taken as such. */
    static Kind<Long> size(String min, String max) {
        long least = Units.size(min);
        long most = Units.size(max);
        return new Kind<>(
                "size",
                min + " to " + max,
                "expected a size from " + min + " to " + max + ", as in \"512MB\" (B, KB, MB, GB, TB)",
                least,
                value -> wholeNumber(value instanceof String text ? (Long) Units.size(text) : value, least, most),
                bytes -> '"' + Units.write(bytes) + '"');
    }

    /** One of some words. */
    static <T> Kind<T> word(Map<String, T> words) {
        String expected = words.keySet().stream().map(word -> '"' + word + '"').collect(Collectors.joining(" or "));
        return text(
                "word",
                words.keySet().stream().map(word -> "`\"" + word + "\"`").collect(Collectors.joining(" or ")),
                "expected " + expected,
                words.values().iterator().next(),
                text -> {
                    T meant = words.get(text);
                    if (meant == null) {
                        throw Kind.mismatch();
                    }
                    return meant;
                },
                value -> words.entrySet().stream()
                        .filter(word -> word.getValue().equals(value))
                        .findFirst()
                        .orElseThrow()
                        .getKey());
    }

    /** Several values, or one that stands for a list of one. */
    static <T> Kind<List<T>> list(Kind<T> element) {
        return new Kind<>(
                "list",
                "each " + element.name() + (element.range().isEmpty() ? "" : ", " + element.range()),
                "for each: " + element.expected(),
                List.of(element.placeholder()),
                value -> {
                    List<?> values = value instanceof List<?> several ? several : List.of(value);
                    if (values.isEmpty() || values.size() > MAX_LIST) {
                        throw new IllegalArgumentException("1 to " + MAX_LIST + " values fit");
                    }
                    List<T> read = new ArrayList<>();
                    for (Object one : values) {
                        read.add(readElement(element, one, values == value));
                    }
                    return List.copyOf(read);
                },
                values -> values.stream().map(element.writer()).collect(Collectors.joining(", ", "[", "]")));
    }

    /** As it was written; what it is relative to is decided where it is used. */
    static Kind<Path> path() {
        return text(
                "path",
                "",
                "expected a path",
                Path.of("path"),
                text -> {
                    if (text.isBlank()) {
                        throw Kind.mismatch();
                    }
                    try {
                        return Path.of(text);
                    } catch (InvalidPathException e) {
                        throw new IllegalArgumentException("no path: " + e.getReason(), e);
                    }
                },
                Path::toString);
    }

    static Kind<String> ipAddress() {
        return text(
                "IP address", "", "expected an IP address, as in \"127.0.0.1\", \"0.0.0.0\" or \"::\"", "::1", text -> {
                    try {
                        InetAddress.ofLiteral(text);
                    } catch (IllegalArgumentException e) {
                        throw new IllegalArgumentException("", e);
                    }
                    return text;
                });
    }

    static Kind<PlatformUrl> url() {
        return text(
                "URL",
                "",
                "expected tcp://HOST:PORT or ssl://HOST:PORT",
                new PlatformUrl(true, "host", 8883),
                PlatformUrl::parse,
                Object::toString);
    }

    static Kind<String> topicFilter() {
        return text(
                "topic filter",
                "",
                "expected a topic filter, as in \"bench/#\" or \"sensors/{device}/{event}\"",
                "topic",
                text -> {
                    TopicPattern.compile(text);
                    return text;
                });
    }

    private static <T> T readElement(Kind<T> element, Object value, boolean oneOfSeveral) {
        try {
            return element.reader().read(value);
        } catch (IllegalArgumentException e) {
            // A single value is shown anyway.
            throw oneOfSeveral
                    ? new IllegalArgumentException(
                            (value instanceof String text ? Node.quoted(text) : value) + " does not fit", e)
                    : e;
        }
    }

    /** A filter without captures; what else stands in it is looked at where it is used. */
    static Kind<String> ruleTopic() {
        return text(
                "topic filter",
                "",
                "expected a topic filter, as in \"plant/+/temperature\" or \"users/%u/#\"",
                "topic",
                text -> new TopicFilter(text).value());
    }

    static Kind<TopicName> topicName() {
        return text(
                "topic",
                "",
                "expected a topic without wildcards, as in \"plant/boiler\"",
                new TopicName("topic"),
                TopicName::new,
                Object::toString);
    }

    /** Text with captures. */
    static Kind<String> template(String expected) {
        return text("template", "", expected, "text", text -> {
            if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) {
                throw Kind.mismatch();
            }
            return text;
        });
    }

    private static Kind<String> text(
            String name, String range, String expected, String placeholder, Function<String, String> reader) {
        return text(name, range, expected, placeholder, reader, Function.identity());
    }

    private static <T> Kind<T> text(
            String name,
            String range,
            String expected,
            T placeholder,
            Function<String, T> reader,
            Function<T, String> writer) {
        return new Kind<>(
                name,
                range,
                expected,
                placeholder,
                value -> {
                    if (value instanceof String text) {
                        return reader.apply(text);
                    }
                    throw Kind.mismatch();
                },
                value -> '"' + writer.apply(value) + '"');
    }
}
