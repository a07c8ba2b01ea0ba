package dev.edgegateway.gateway.access;

/** Text from outside, made fit for one line of a log: short, and without control characters. */
final class Shown {
    private static final int MAX_LENGTH = 80;

    private Shown() {}

    static String of(String text) {
        StringBuilder fit = new StringBuilder();
        text.codePoints()
                .limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF) ? 0xFFFD : c)
                .forEach(fit::appendCodePoint);
        return fit.length() < text.length() ? fit.append("...").toString() : fit.toString();
    }
}
