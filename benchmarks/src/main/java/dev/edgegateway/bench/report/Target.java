package dev.edgegateway.bench.report;

import java.util.Locale;

/**
 * How the gateway is to stand beside its peer in one scenario and metric.
 *
 * @param id S1 to S7; several may share one.
 * @param factor the bound of the ratio of the gateway's figure to the peer's.
 */
public record Target(String id, Scenario scenario, Metric metric, Bound bound, double factor) {
    /** On which side of the factor the ratio is to be. */
    public enum Bound {
        AT_LEAST,
        AT_MOST
    }

    public boolean isMetBy(double ratio) {
        return switch (bound) {
            case AT_LEAST -> ratio >= factor;
            case AT_MOST -> ratio <= factor;
        };
    }

    /** For example {@code at least 1.5 x}. */
    public String wanted() {
        String side = switch (bound) {
            case AT_LEAST -> "at least";
            case AT_MOST -> "at most";
        };
        return String.format(Locale.ROOT, "%s %.1f x", side, factor);
    }
}
