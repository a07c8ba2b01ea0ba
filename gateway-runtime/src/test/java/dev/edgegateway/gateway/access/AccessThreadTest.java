package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessThreadTest extends AccessWorkerContract {
    private final AccessThread thread = new AccessThread();

    @Override
    AccessWorker worker() {
        return thread;
    }

    @Override
    void pass(Duration time) {}

    @AfterEach
    void close() {
        thread.close();
    }

    @Test
    void workIsDoneOneAtATimeInItsOrderOnAThreadOfItsOwn() throws InterruptedException {
        List<String> done = new CopyOnWriteArrayList<>();
        CountDownLatch all = new CountDownLatch(3);
        for (int i = 0; i < 3; i++) {
            int number = i;
            assertTrue(thread.offer(() -> {
                done.add(number + Thread.currentThread().getName());
                all.countDown();
            }));
        }

        assertTrue(all.await(10, TimeUnit.SECONDS));
        assertEquals(List.of("0access", "1access", "2access"), done);
    }

    @Test
    void whatIsTooMuchIsNotTaken() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch hold = new CountDownLatch(1);
        thread.offer(() -> {
            started.countDown();
            hold(hold);
        });
        assertTrue(started.await(10, TimeUnit.SECONDS));
        for (int i = 0; i < AccessThread.MAX_WAITING; i++) {
            assertTrue(thread.offer(() -> {}));
        }

        assertFalse(thread.offer(() -> {}));
        hold.countDown();
    }

    @Test
    void whatIsToWaitIsBoundToo() {
        for (int i = 0; i < AccessThread.MAX_DELAYED; i++) {
            assertTrue(thread.after(Duration.ofHours(1), () -> {}));
        }

        assertFalse(thread.after(Duration.ofHours(1), () -> {}));
    }

    @Test
    void workThatFailsKeepsTheNextFromNothing() throws InterruptedException {
        CountDownLatch next = new CountDownLatch(1);
        thread.offer(() -> {
            throw new IllegalStateException("on purpose");
        });
        thread.offer(next::countDown);

        assertTrue(next.await(10, TimeUnit.SECONDS));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
