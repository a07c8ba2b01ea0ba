package dev.edgegateway.gateway.cli;

import java.util.Map;

/** How a line of the log looks. */
public final class LogFormat {
    private static final String PROPERTY = "tinylog.writer.format";

    private LogFormat() {}

    /**
     * Leaves out the time where the journal adds its own. To be called before anything is logged.
     *
     * @param environment of the process; systemd sets {@code JOURNAL_STREAM} where standard error goes to the journal.
     */
    public static void choose(Map<String, String> environment) {
        if (environment.containsKey("JOURNAL_STREAM") && System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, "{level}: {message}");
        }
    }
}
