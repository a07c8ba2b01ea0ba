package dev.edgegateway.sensor.serial;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lines such as {@code temp=21.5 hum=40}: pairs of name and number, parted by blanks, commas or semicolons. A value that
 * says there is none ({@code nan}, {@code inf}, or nothing at all) is left out; anything else that is no number makes the
 * whole line bad, as it carries no checksum that would vouch for the rest.
 */
final class KeyValueFormat implements LineFormat {
    /** Damage on the line may invent names for ever; beyond these none is believed. */
    static final int MAX_NAMES = 64;

    private static final Pattern EQUALS = Pattern.compile("[ \\t]*=[ \\t]*");
    private static final Pattern SEPARATORS = Pattern.compile("[ \\t]*[,; \\t][,; \\t]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?([0-9]{1,20}(\\.[0-9]{0,20})?|\\.[0-9]{1,20})([eE][+-]?[0-9]{1,3})?");

    /** What C and Arduino libraries print for a measurement that failed. */
    private static final Set<String> NO_VALUE = Set.of("", "nan", "-nan", "inf", "-inf", "+inf", "ovf", "null");

    private final Set<String> names = new HashSet<>();

    @Override
    public Parsed parse(String line) {
        String pairs = EQUALS.matcher(line.strip()).replaceAll("=");
        List<Value> values = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String pair : SEPARATORS.split(pairs)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0 || !NAME.matcher(pair.substring(0, equals)).matches()) {
                return new Parsed.Bad("is not made of pairs such as temp=21.5");
            }
            String name = SnakeCase.of(pair.substring(0, equals));
            String text = pair.substring(equals + 1);
            if (!seen.add(name)) {
                return new Parsed.Bad("has a name twice");
            }
            if (NO_VALUE.contains(text.toLowerCase(Locale.ROOT))) {
                continue;
            }
            double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (!Double.isFinite(value)) {
                return new Parsed.Bad("has a value that is no number");
            }
            values.add(new Value(name, KnownNames.quantityOf(name), value));
        }
        return known(values);
    }

    private Parsed known(List<Value> values) {
        Set<String> together = new HashSet<>(names);
        values.forEach(value -> together.add(value.name()));
        if (together.size() > MAX_NAMES) {
            return new Parsed.Bad("would make more than " + MAX_NAMES + " different names");
        }
        names.addAll(together);
        return new Parsed.Values(values);
    }
}
