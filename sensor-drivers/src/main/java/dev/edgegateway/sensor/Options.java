package dev.edgegateway.sensor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The values of a sensor's options, checked against the driver's {@link Option}s and completed with their fallbacks.
 *
 * @param values by key, of the Java type of the option's kind.
 */
public record Options(Map<String, Object> values) {
    public Options {
        values = Map.copyOf(values);
    }

    public String text(String key) {
        return get(key, String.class);
    }

    public Optional<String> optionalText(String key) {
        return Optional.ofNullable(values.get(key)).map(String.class::cast);
    }

    /** @throws IllegalArgumentException also if the number is beyond what an int holds. */
    public int integer(String key) {
        long value = get(key, Long.class);
        if (value != (int) value) {
            throw new IllegalArgumentException(key + ": is far out of range: " + value);
        }
        return (int) value;
    }

    public double number(String key) {
        return get(key, Double.class);
    }

    public boolean flag(String key) {
        return get(key, Boolean.class);
    }

    public Duration duration(String key) {
        return get(key, Duration.class);
    }

    private <T> T get(String key, Class<T> type) {
        Object value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + ": is missing");
        }
        return type.cast(value);
    }
}
