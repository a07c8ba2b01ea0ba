package dev.edgegateway.gateway.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChangeQueueTest {
    private final ChangeQueue queue = new ChangeQueue();

    @Test
    void aChangeQueuedBeforeACommitBeginsBelongsToIt() {
        long number = queue.submit(() -> {}, true);
        assertFalse(queue.isEmpty());
        assertEquals(number, queue.beginCommit());
        assertNotNull(queue.poll());
        assertTrue(queue.isEmpty());
    }

    @Test
    void aChangeThatIsTakenIntoACommitAlreadyBegunIsStillOwedTheNextOne() {
        queue.submit(() -> {}, true);
        long begun = queue.beginCommit();
        long number = queue.submit(() -> {}, false);
        assertEquals(begun + 1, number);
        assertNotNull(queue.poll());
        assertNotNull(queue.poll());
        assertNull(queue.poll());
        assertFalse(queue.isEmpty(), "someone waits for commit " + number);
        assertEquals(number, queue.beginCommit());
        assertTrue(queue.isEmpty());
    }
}
