package dev.edgegateway.bench.report;

import static dev.edgegateway.bench.report.Target.Bound.AT_LEAST;
import static dev.edgegateway.bench.report.Target.Bound.AT_MOST;

import dev.edgegateway.bench.load.Shape;
import java.util.List;

/** The loads that the peers are compared under, with what is wanted of the gateway. */
public enum Scenario {
    QOS_0("QoS 0, 10 to 1", Shape.of(10, 1, 100, 0)),
    QOS_1("QoS 1, 10 to 1", Shape.of(10, 1, 100, 1)),
    QOS_2("QoS 2, 10 to 1", Shape.of(10, 1, 100, 2)),
    FAN_OUT("QoS 1, 1 to 10", Shape.of(1, 10, 100, 1)),
    LATENCY("QoS 1, 1,000 messages/s", Shape.of(10, 1, 100, 1)),
    DURABLE("QoS 1 durable, 10 to 1", Shape.of(10, 1, 100, 1));

    private final String title;
    private final Shape shape;

    Scenario(String title, Shape shape) {
        this.title = title;
        this.shape = shape;
    }

    public String title() {
        return title;
    }

    public Shape shape() {
        return shape;
    }

    /** What is wanted, by the project's table of targets. */
    public List<Target> targets() {
        return switch (this) {
            case QOS_0 ->
                List.of(
                        new Target("S1", this, Metric.THROUGHPUT, AT_LEAST, 1.5),
                        new Target("S5", this, Metric.CPU, AT_MOST, 1.5));
            case QOS_1 ->
                List.of(
                        new Target("S2", this, Metric.THROUGHPUT, AT_LEAST, 4.0),
                        new Target("S5", this, Metric.CPU, AT_MOST, 0.8));
            case QOS_2 ->
                List.of(
                        new Target("S3", this, Metric.THROUGHPUT, AT_LEAST, 6.0),
                        new Target("S5", this, Metric.CPU, AT_MOST, 0.5));
            case FAN_OUT -> List.of(new Target("S4", this, Metric.THROUGHPUT, AT_LEAST, 4.0));
            case LATENCY ->
                List.of(
                        new Target("S6", this, Metric.P50, AT_MOST, 1.5),
                        new Target("S6", this, Metric.P99, AT_MOST, 1.5));
            case DURABLE -> List.of(new Target("S7", this, Metric.THROUGHPUT, AT_LEAST, 1.5));
        };
    }
}
