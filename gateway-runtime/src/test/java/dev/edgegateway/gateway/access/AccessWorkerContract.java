package dev.edgegateway.gateway.access;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every {@link AccessWorker} keeps to. */
abstract class AccessWorkerContract {
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    abstract AccessWorker worker();

    /** Lets this much time pass, if time does not pass by itself. */
    abstract void pass(Duration time);

    private void awaitDone(List<Integer> expected) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            pass(Duration.ofMillis(1));
            assertEquals(expected, done);
        });
    }

    @Test
    void workIsDoneInItsOrder() {
        for (int i = 0; i < 5; i++) {
            int number = i;
            assertTrue(worker().offer(() -> done.add(number)));
        }

        awaitDone(List.of(0, 1, 2, 3, 4));
    }

    @Test
    void whatIsToWaitLetsTheRestPass() {
        assertTrue(worker().after(Duration.ofMillis(20), () -> done.add(2)));
        assertTrue(worker().after(Duration.ofHours(1), () -> done.add(3)));
        assertTrue(worker().offer(() -> done.add(1)));

        awaitDone(List.of(1, 2));
    }

    @Test
    void workMayHandOverMore() {
        worker().offer(() -> {
            done.add(1);
            worker().offer(() -> done.add(2));
            worker().after(Duration.ZERO, () -> done.add(3));
        });

        awaitDone(List.of(1, 2, 3));
    }

    @Test
    void afterTheEndNothingIsTaken() {
        worker().close();
        worker().close();

        assertFalse(worker().offer(() -> done.add(1)));
        assertFalse(worker().after(Duration.ZERO, () -> done.add(2)));
    }
}
