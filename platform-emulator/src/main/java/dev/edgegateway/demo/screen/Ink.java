package dev.edgegateway.demo.screen;

/** A colour of the terminal's own palette. */
enum Ink {
    PLAIN(""),
    BOLD("1"),
    DIM("2"),
    GOOD("32"),
    WARN("33"),
    BAD("1;31"),
    FLOW("36");

    private final String code;

    Ink(String code) {
        this.code = code;
    }

    /** The sequence that begins it (ECMA-48 SGR); every other ink ends before. */
    String begin() {
        return "\033[0" + (code.isEmpty() ? "" : ";" + code) + "m";
    }
}
