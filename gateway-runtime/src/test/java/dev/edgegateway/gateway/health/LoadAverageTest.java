package dev.edgegateway.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LoadAverageTest {
    private final LoadAverage load = new LoadAverage();

    @Test
    void aSteadyRateIsApproachedExponentially() {
        for (int i = 1; i <= 6; i++) {
            load.sample(20L * i, 10);
        }

        assertEquals(120 * (1 - Math.exp(-1)), load.perMinute1(), 1e-9);
        assertEquals(120 * (1 - Math.exp(-0.2)), load.perMinute5(), 1e-9);
        assertEquals(120 * (1 - Math.exp(-60.0 / 900)), load.perMinute15(), 1e-9);
    }

    @Test
    void itDoesNotMatterHowOftenSamplesAreTaken() {
        LoadAverage seldom = new LoadAverage();
        seldom.sample(120, 60);
        for (int i = 1; i <= 60; i++) {
            load.sample(2L * i, 1);
        }

        assertEquals(seldom.perMinute1(), load.perMinute1(), 1e-9);
    }

    @Test
    void silenceLetsItFade() {
        load.sample(1000, 60);
        double before = load.perMinute1();
        load.sample(1000, 60);

        assertEquals(before * Math.exp(-1), load.perMinute1(), 1e-9);
    }
}
