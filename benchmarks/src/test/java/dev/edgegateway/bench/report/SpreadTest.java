package dev.edgegateway.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpreadTest {
    private static Spread of(long... millis) {
        return new Spread(
                java.util.Arrays.stream(millis).mapToObj(Duration::ofMillis).toList());
    }

    @Test
    void theMedianDoesNotDependOnTheOrder() {
        assertEquals(Duration.ofMillis(20), of(90, 10, 20).median());
        assertEquals(Duration.ofMillis(90), of(90, 10, 20).max());
    }

    @Test
    void ofAnEvenNumberTheSlowerOneCounts() {
        assertEquals(Duration.ofMillis(30), of(10, 20, 30, 40).median());
    }

    @Test
    void nothingMeasuredIsNoSpread() {
        assertThrows(IllegalArgumentException.class, () -> of());
    }
}
