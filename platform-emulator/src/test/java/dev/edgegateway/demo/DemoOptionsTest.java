package dev.edgegateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoOptionsTest {

    @Test
    void theDefaultsAreFine() {
        assertEquals(List.of(), options(45, 200, 6, 10, 1).problems());
    }

    @Test
    void anOutageAsLongAsTheRunIsRefusedWithTheReason() {
        var problems = options(45, 200, 6, 45, 1).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.getFirst().startsWith("--outage 45: "), problems::toString);
        assertTrue(problems.getFirst().contains("--seconds (45)"), problems::toString);
        assertEquals(List.of(), options(45, 200, 6, 41, 1).problems());
        assertEquals(1, options(45, 200, 6, 42, 1).problems().size());
    }

    @Test
    void moreKillsThanTheRunHasRoomForAreRefused() {
        assertEquals(List.of(), options(45, 200, 6, 0, 15).problems());
        assertTrue(options(45, 200, 6, 0, 16).problems().getFirst().contains("has room for 15"));
        assertEquals(1, options(45, 200, 6, 0, -1).problems().size());
    }

    @Test
    void noOutageAndNoKillsAreAllowed() {
        assertEquals(List.of(), options(5, 0.5, 1, 0, 0).problems());
    }

    @Test
    void allProblemsAreToldAtOnce() {
        assertEquals(5, options(0, 0, 0, -1, -1).problems().size());
        assertEquals(3, options(90_000, 1e9, 501, 10, 1).problems().size());
    }

    @Test
    void aRateThatIsNoNumberIsRefused() {
        assertEquals(1, options(45, Double.NaN, 6, 10, 1).problems().size());
        assertEquals(
                1, options(45, Double.POSITIVE_INFINITY, 6, 10, 1).problems().size());
    }

    static DemoOptions options(int seconds, double rate, int devices, int outage, int kills) {
        return new DemoOptions(seconds, rate, devices, outage, kills, 1, false, false);
    }
}
