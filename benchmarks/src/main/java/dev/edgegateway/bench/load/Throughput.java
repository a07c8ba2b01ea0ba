package dev.edgegateway.bench.load;

import java.util.List;

/**
 * What a closed-loop run came to.
 *
 * @param delivered messages that subscribers got in the measured part; with ten subscribers each message counts ten times.
 * @param nanos how long the measured part was.
 * @param brokerCpuNanos what the broker's process used in it.
 * @param generatorCpuNanos what this process used in it; close to {@code nanos} the generator is the bottleneck.
 * @param sent messages published in the whole run.
 * @param problems why the run counts for nothing; empty if every message came once and in order.
 */
public record Throughput(
        long delivered, long nanos, long brokerCpuNanos, long generatorCpuNanos, long sent, List<String> problems) {

    public Throughput {
        problems = List.copyOf(problems);
    }

    public boolean isValid() {
        return problems.isEmpty();
    }

    public double perSecond() {
        return delivered * 1e9 / nanos;
    }

    /** Microseconds of the broker's CPU for each delivered message. */
    public double cpuMicrosPerMessage() {
        return brokerCpuNanos / 1e3 / delivered;
    }

    /** Share of one core that the generator used. */
    public double generatorLoad() {
        return (double) generatorCpuNanos / nanos;
    }
}
