package dev.edgegateway.gateway.cli;

import java.io.Console;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * What a command writes to and reads from.
 *
 * @param colour whether what goes to {@code out} is seen by a human who has nothing against colours. Asked only when it
 *     matters, since looking takes time.
 * @param secrets where passwords come from.
 */
record Terminal(PrintStream out, PrintStream err, BooleanSupplier colour, SecretInput secrets) {
    /** The streams of this process. */
    static Terminal ofThisProcess() {
        return new Terminal(
                System.out, System.err, () -> wantsColour(System.getenv()) && isShown(), SecretInput.ofThisProcess());
    }

    /** By the custom of no-color.org, by which any value but an empty one counts. */
    static boolean wantsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }

    @SuppressWarnings("SystemConsoleNull") // Its contract still allows null where there is no console at all.
    private static boolean isShown() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }
}
