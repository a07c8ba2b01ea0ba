package dev.edgegateway.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofSeconds(60);

    /** Always draws the highest value allowed. */
    private static final class Highest implements RandomGenerator {
        @Override
        public long nextLong() {
            return 0;
        }

        @Override
        public long nextLong(long origin, long bound) {
            return bound - 1;
        }
    }

    @Test
    void waitsStayBetweenTheBoundsAndDiffer() {
        Backoff backoff = new Backoff(MIN, MAX, new Random(1));
        long different = java.util.stream.LongStream.generate(backoff::next)
                .limit(1_000)
                .peek(wait -> assertTrue(wait >= MIN.toNanos() && wait <= MAX.toNanos(), "waits " + wait))
                .distinct()
                .count();
        assertTrue(different > 900);
    }

    @Test
    void theBoundTriplesUntilTheLongest() {
        Backoff backoff = new Backoff(MIN, MAX, new Highest());
        assertEquals(Duration.ofSeconds(3).toNanos(), backoff.next());
        assertEquals(Duration.ofSeconds(9).toNanos(), backoff.next());
        assertEquals(Duration.ofSeconds(27).toNanos(), backoff.next());
        assertEquals(Duration.ofSeconds(60).toNanos(), backoff.next());
        assertEquals(Duration.ofSeconds(60).toNanos(), backoff.next());
        backoff.reset();
        assertEquals(Duration.ofSeconds(3).toNanos(), backoff.next());
    }

    @Test
    void equalBoundsGiveAFixedWait() {
        Backoff backoff = new Backoff(MIN, MIN, new Random(1));
        assertEquals(MIN.toNanos(), backoff.next());
        assertEquals(MIN.toNanos(), backoff.next());
    }
}
