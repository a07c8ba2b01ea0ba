package dev.edgegateway.gateway.cli;

import java.io.PrintStream;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command writes to.
 *
 * @param colour whether what goes to {@code out} is seen by a human who has nothing against colours. Asked only when it
 *     matters, since looking takes time.
 */
record Terminal(PrintStream out, PrintStream err, BooleanSupplier colour) {
    /** The streams of this process. */
    static Terminal ofThisProcess() {
        return new Terminal(
                System.out,
                System.err,
                () -> wantsColour(System.getenv()) && System.console().isTerminal());
    }

    /** By the custom of no-color.org, by which any value but an empty one counts. */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }
}
