package dev.edgegateway.forward;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class InFlightWindowTest {
    private final InFlightWindow window = new InFlightWindow(3);

    private void enterAll(long... ids) {
        for (long id : ids) {
            assertTrue(window.enter(id, 10));
        }
    }

    private void remove(long... ids) {
        window.removed(ids);
    }

    @Test
    void aSlotIsFreeWhenTheRemovalIsOnDiskAndNotBefore() {
        enterAll(1, 2, 3);
        assertFalse(window.admits(4));
        assertThrows(IllegalStateException.class, () -> window.enter(4, 10));
        assertTrue(window.acknowledge(1));
        assertEquals(2, window.inFlight());
        assertEquals(20, window.bytesInFlight());
        assertFalse(window.admits(4));
        assertArrayEquals(new long[] {1}, window.takeAcknowledged());
        assertArrayEquals(new long[0], window.takeAcknowledged());
        remove(1);
        assertTrue(window.admits(4));
        enterAll(4);
    }

    @Test
    void theWindowSpansNoMoreThanItsCapacityThoughLaterOnesAreDone() {
        enterAll(1, 2, 3);
        window.acknowledge(2);
        window.acknowledge(3);
        remove(window.takeAcknowledged());
        assertFalse(window.admits(4), "message 1 may still have to be sent again");
        window.acknowledge(1);
        remove(window.takeAcknowledged());
        assertEquals(3, window.free());
    }

    @Test
    void anAcknowledgementCountsOnce() {
        enterAll(1);
        assertTrue(window.acknowledge(1));
        assertFalse(window.acknowledge(1));
        assertFalse(window.acknowledge(7));
        assertEquals(1, window.acknowledgedCount());
    }

    @Test
    void afterALossOnlyWhatWasNotAcknowledgedIsSentAgain() {
        enterAll(1, 2, 3);
        window.acknowledge(2);
        window.connectionLost();
        assertEquals(0, window.inFlight());
        assertTrue(window.admits(1));
        assertTrue(window.enter(1, 10));
        assertTrue(window.admits(2));
        assertFalse(window.enter(2, 10));
        assertTrue(window.admits(3));
        assertTrue(window.enter(3, 10));
        assertFalse(window.admits(4));
        assertEquals(2, window.inFlight());
        assertFalse(window.acknowledge(2));
    }

    @Test
    void whatVanishedFromTheQueueWhileTheLinkWasAwayFreesItsSlot() {
        enterAll(1, 2, 3);
        window.connectionLost();
        assertTrue(window.admits(9));
        enterAll(9);
        assertEquals(2, window.free());
        assertEquals(1, window.inFlight());
    }

    @Test
    void whatVanishedAtTheEndOfTheQueueFreesItsSlotToo() {
        enterAll(1, 2, 3);
        window.connectionLost();
        assertTrue(window.enter(1, 10));
        window.nothingFollows();
        assertEquals(2, window.inFlight() + 1);
        window.acknowledge(1);
        remove(window.takeAcknowledged());
        assertEquals(3, window.free());
    }

    @Test
    void aSecondLossInTheMiddleOfResendingStartsOver() {
        enterAll(1, 2, 3);
        window.connectionLost();
        assertTrue(window.enter(1, 10));
        window.connectionLost();
        assertTrue(window.enter(1, 10));
        assertTrue(window.enter(2, 10));
        assertTrue(window.enter(3, 10));
        assertEquals(3, window.inFlight());
    }

    @Test
    void idsNeedNotFollowEachOther() {
        InFlightWindow wide = new InFlightWindow(5);
        long id = 1;
        for (int round = 0; round < 1_000; round++) {
            id += 1 + round % 7;
            assertTrue(wide.admits(id));
            assertTrue(wide.enter(id, 1));
            if (wide.free() == 0) {
                for (long inside = id; inside > id - 40; inside--) {
                    wide.acknowledge(inside);
                }
                wide.removed(wide.takeAcknowledged());
            }
        }
        assertTrue(wide.free() > 0);
    }

    @Test
    void whatIsGivenUpIsNotAcknowledged() {
        enterAll(1);
        window.giveUp(1);
        assertEquals(0, window.inFlight());
        assertFalse(window.acknowledge(1));
        assertEquals(0, window.acknowledgedCount());
        assertEquals(2, window.free());
        remove(1);
        assertEquals(3, window.free());
    }
}
