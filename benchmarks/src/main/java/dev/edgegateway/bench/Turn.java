package dev.edgegateway.bench;

import dev.edgegateway.bench.load.ClosedLoop;
import dev.edgegateway.bench.load.Extent;
import dev.edgegateway.bench.load.FixedRate;
import dev.edgegateway.bench.load.Latency;
import dev.edgegateway.bench.load.Shape;
import dev.edgegateway.bench.load.Throughput;
import dev.edgegateway.bench.peer.Peer;
import dev.edgegateway.bench.report.Figures;
import dev.edgegateway.bench.report.Metric;
import dev.edgegateway.bench.report.Scenario;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One scenario on one peer.
 *
 * @param warmUp not measured.
 */
record Turn(Scenario scenario, Shape shape, Duration warmUp, Duration measured) {
    private static final int LATENCY_RATE = 1000;
    private static final Duration STALL = Duration.ofSeconds(10);

    Figures run(Peer peer) {
        try {
            return switch (scenario) {
                case LATENCY -> latency(peer);
                case QOS_0, QOS_1, QOS_2, FAN_OUT, DURABLE -> throughput(peer);
            };
        } catch (IOException e) {
            return new Figures(Map.of(), 0, List.of("clients cannot connect: " + e.getMessage()));
        }
    }

    private Figures throughput(Peer peer) throws IOException {
        Throughput result =
                ClosedLoop.run(peer.address(), shape, new Extent.Timed(warmUp, measured), peer::cpuNanos, STALL);
        if (!result.isValid()) {
            return new Figures(Map.of(), 0, result.problems());
        }
        return new Figures(
                Map.of(Metric.THROUGHPUT, result.perSecond(), Metric.CPU, result.cpuMicrosPerMessage()),
                result.generatorLoad(),
                result.problems());
    }

    private Figures latency(Peer peer) throws IOException {
        Latency result = FixedRate.run(peer.address(), shape, LATENCY_RATE, warmUp, measured, STALL);
        return new Figures(Map.of(Metric.P50, result.micros(50), Metric.P99, result.micros(99)), 0, result.problems());
    }
}
