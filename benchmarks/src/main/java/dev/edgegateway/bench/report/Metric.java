package dev.edgegateway.bench.report;

import java.util.Locale;

/** What a run measures. */
public enum Metric {
    THROUGHPUT("messages/s", "%,.0f"),
    CPU("CPU us/message", "%.2f"),
    P50("p50 us", "%,.0f"),
    P99("p99 us", "%,.0f");

    private final String unit;
    private final String format;

    Metric(String unit, String format) {
        this.unit = unit;
        this.format = format;
    }

    public String unit() {
        return unit;
    }

    /** The value as the tables have it, without its unit. */
    public String text(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
