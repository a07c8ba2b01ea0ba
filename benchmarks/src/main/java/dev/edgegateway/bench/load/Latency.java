package dev.edgegateway.bench.load;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a fixed-rate run came to.
 *
 * @param nanos from the instant a message was due to be sent to its arrival at each subscriber. Counting from when it was
 *     due, and not from when it was sent, keeps a broker that holds the sender up from looking fast.
 * @param problems why the run counts for nothing; empty if every message came once and in order.
 */
public record Latency(Histogram nanos, List<String> problems) {
    public Latency {
        problems = List.copyOf(problems);
    }

    public boolean isValid() {
        return problems.isEmpty();
    }

    /** Microseconds which this share of the messages, in percent, did not exceed. */
    public double micros(double percentile) {
        return nanos.getValueAtPercentile(percentile) / 1e3;
    }
}
