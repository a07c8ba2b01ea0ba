package dev.edgegateway.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The rounds of one scenario, in each of which the gateway and its peer ran one right after the other. */
public final class Comparison {
    private record Round(Figures own, Figures peer) {}

    private final List<Round> rounds = new ArrayList<>();

    /** Adds a round; one with an invalid run in it is kept out of every figure. @return whether it counts. */
    public boolean add(Figures own, Figures peer) {
        boolean counts = own.isValid() && peer.isValid();
        if (counts) {
            rounds.add(new Round(own, peer));
        }
        return counts;
    }

    /** The median over the rounds of the gateway's figure divided by the peer's; NaN without a round. */
    public double ratio(Metric metric) {
        return median(ratios(metric));
    }

    private List<Double> ratios(Metric metric) {
        return each(round -> round.own().value(metric) / round.peer().value(metric));
    }

    /** One line of the report: target, load, metric, both figures, the ratio with its range, what is wanted, verdict. */
    public List<String> row(Target target) {
        Metric metric = target.metric();
        List<Double> ratios = ratios(metric).stream().sorted().toList();
        String ratio = ratios.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT, "%.2f (%.2f to %.2f)", median(ratios), ratios.getFirst(), ratios.getLast());
        return List.of(
                target.id(),
                target.scenario().title(),
                metric.unit(),
                metric.text(median(each(round -> round.own().value(metric)))),
                metric.text(median(each(round -> round.peer().value(metric)))),
                ratio,
                target.wanted(),
                ratios.isEmpty() ? "no valid run" : target.isMetBy(median(ratios)) ? "met" : "**not met**");
    }

    private List<Double> each(Function<Round, Double> figure) {
        return rounds.stream().map(figure).toList();
    }

    private static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
