package dev.edgegateway.bench.report;

import java.util.List;
import java.util.Map;

/**
 * What one run measured.
 *
 * @param values by metric; a metric that was not measured is missing.
 * @param generatorLoad share of one core that the load generator used.
 * @param problems why the run counts for nothing; empty if it does count.
 */
public record Figures(Map<Metric, Double> values, double generatorLoad, List<String> problems) {
    public Figures {
        values = Map.copyOf(values);
        problems = List.copyOf(problems);
    }

    public boolean isValid() {
        return problems.isEmpty();
    }

    /** The figure, or NaN if it was not measured. */
    public double value(Metric metric) {
        return values.getOrDefault(metric, Double.NaN);
    }
}
