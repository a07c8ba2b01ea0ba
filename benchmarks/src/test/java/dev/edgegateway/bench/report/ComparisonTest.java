package dev.edgegateway.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Target AT_LEAST_1_5 = Scenario.QOS_0.targets().get(0);
    private static final Target CPU_AT_MOST_1_5 = Scenario.QOS_0.targets().get(1);

    private final Comparison comparison = new Comparison();

    private static Figures throughput(double perSecond, String... problems) {
        return new Figures(Map.of(Metric.THROUGHPUT, perSecond, Metric.CPU, 1.0), 0, List.of(problems));
    }

    @Test
    void theMedianOfTheRatiosCountsNotTheRatioOfTheMedians() {
        comparison.add(throughput(100), throughput(100));
        comparison.add(throughput(300), throughput(100));
        comparison.add(throughput(1000), throughput(500));
        assertEquals(2.0, comparison.ratio(Metric.THROUGHPUT));
    }

    @Test
    void aRoundWithAnInvalidRunIsKeptOut() {
        assertTrue(comparison.add(throughput(200), throughput(100)));
        assertFalse(comparison.add(throughput(900, "received 1 of 2 messages"), throughput(100)));
        assertFalse(comparison.add(throughput(900), throughput(100, "received 1 of 2 messages")));
        assertEquals(2.0, comparison.ratio(Metric.THROUGHPUT));
    }

    @Test
    void theRowSaysWhetherTheTargetIsMet() {
        comparison.add(throughput(140), throughput(100));
        assertEquals(
                List.of(
                        "S1",
                        "QoS 0, 10 to 1",
                        "messages/s",
                        "140",
                        "100",
                        "1.40 (1.40 to 1.40)",
                        "at least 1.5 x",
                        "**not met**"),
                comparison.row(AT_LEAST_1_5));
        assertEquals("met", comparison.row(CPU_AT_MOST_1_5).getLast());
    }

    @Test
    void withoutAValidRoundNothingIsMet() {
        comparison.add(throughput(900, "lost"), throughput(100));
        assertEquals("no valid run", comparison.row(AT_LEAST_1_5).getLast());
        assertEquals("-", comparison.row(AT_LEAST_1_5).get(3));
    }
}
