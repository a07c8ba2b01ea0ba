package dev.edgegateway.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private final Arrivals arrivals = new Arrivals(2);

    @Test
    void everyPublisherCountsForItself() {
        arrivals.add(0, 0);
        arrivals.add(1, 0);
        arrivals.add(0, 1);
        assertEquals(2, arrivals.through(0));
        assertEquals(1, arrivals.through(1));
        assertEquals(0, arrivals.missing() + arrivals.outOfTurn());
    }

    @Test
    void aGapIsMissing() {
        arrivals.add(0, 0);
        arrivals.add(0, 3);
        assertEquals(2, arrivals.missing());
    }

    @Test
    void whatComesTwiceIsOutOfTurn() {
        arrivals.add(0, 0);
        arrivals.add(0, 0);
        assertEquals(1, arrivals.outOfTurn());
        assertEquals(1, arrivals.through(0));
    }
}
