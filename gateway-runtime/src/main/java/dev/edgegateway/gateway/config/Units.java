package dev.edgegateway.gateway.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as they are written: a whole number and a unit. */
final class Units {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]+)");

    /** From large to small, for writing. */
    private static final Map<String, Long> MILLIS = new LinkedHashMap<>();

    /** Powers of 1024, as memory and file sizes are counted; likewise from large to small. */
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();

    static {
        MILLIS.put("d", 86_400_000L);
        MILLIS.put("h", 3_600_000L);
        MILLIS.put("m", 60_000L);
        MILLIS.put("s", 1000L);
        MILLIS.put("ms", 1L);
        BYTES.put("TB", 1L << 40);
        BYTES.put("GB", 1L << 30);
        BYTES.put("MB", 1L << 20);
        BYTES.put("KB", 1L << 10);
        BYTES.put("B", 1L);
    }

    private Units() {}

    /** @throws IllegalArgumentException with a clause on what is wrong, or empty. */
    static Duration duration(String text) {
        return Duration.ofMillis(amount(text, MILLIS));
    }

    /** @throws IllegalArgumentException with a clause on what is wrong, or empty. */
    static long size(String text) {
        return amount(text, BYTES);
    }

    /** In the largest unit that fits without a rest. */
    static String write(Duration duration) {
        return duration.isZero() ? "0s" : write(duration.toMillis(), MILLIS);
    }

    /** In the largest unit that fits without a rest. */
    static String write(long bytes) {
        return write(bytes, BYTES);
    }

    private static long amount(String text, Map<String, Long> units) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("");
        }
        String unit = matcher.group(2);
        Long factor = units.get(unit);
        if (factor == null) {
            throw new IllegalArgumentException(unit + " is no unit");
        }
        try {
            return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too large", e);
        }
    }

    private static String write(long amount, Map<String, Long> units) {
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (amount % unit.getValue() == 0 && amount >= unit.getValue()) {
                return amount / unit.getValue() + unit.getKey();
            }
        }
        return "0";
    }
}
