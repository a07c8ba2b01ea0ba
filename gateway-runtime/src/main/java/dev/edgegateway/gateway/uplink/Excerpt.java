package dev.edgegateway.gateway.uplink;

/** Text from outside, made fit for one line of a log or an error: short, and without control characters. */
final class Excerpt {
    private static final int MAX_LENGTH = 80;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder fit = new StringBuilder(Math.min(text.length(), MAX_LENGTH) + 3);
        for (int i = 0; i < text.length() && i < MAX_LENGTH; i++) {
            char c = text.charAt(i);
            fit.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '\uFFFD' : c);
        }
        return text.length() > MAX_LENGTH ? fit.append("...").toString() : fit.toString();
    }
}
