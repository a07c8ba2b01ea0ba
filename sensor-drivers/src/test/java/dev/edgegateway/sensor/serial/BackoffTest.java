package dev.edgegateway.sensor.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = new Backoff(new Random(1));

    @Test
    void pausesDoubleUpToABoundAndStayBetweenHalfAndAllOfIt() {
        Duration ceiling = Backoff.FIRST;
        for (int i = 0; i < 100; i++) {
            Duration pause = backoff.next();
            assertTrue(pause.compareTo(ceiling) <= 0 && pause.compareTo(ceiling.dividedBy(2)) >= 0, pause.toString());
            ceiling = ceiling.multipliedBy(2).compareTo(Backoff.MOST) > 0 ? Backoff.MOST : ceiling.multipliedBy(2);
        }
        assertEquals(Backoff.MOST, ceiling);
    }

    @Test
    void pausesAreScattered() {
        Set<Duration> pauses = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            pauses.add(backoff.next());
        }
        assertTrue(pauses.size() > 45, "only " + pauses.size());
    }

    @Test
    void aResetStartsAgainWithTheShortestPause() {
        for (int i = 0; i < 10; i++) {
            backoff.next();
        }
        backoff.reset();
        assertTrue(backoff.next().compareTo(Backoff.FIRST) <= 0);
    }
}
