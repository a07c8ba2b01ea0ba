package dev.edgegateway.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void aPayloadTooSmallForItsMarksIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> Shape.of(1, 1, Shape.MIN_PAYLOAD - 1, 0));
        assertEquals("payload bytes 19: at least 20", refused.getMessage());
    }

    @Test
    void aRefillThatCouldNeverHappenIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> Shape.of(1, 1, 100, 1).withRefill(101));
        assertThrows(
                IllegalArgumentException.class, () -> Shape.of(1, 1, 100, 0).withRefill(401));
    }
}
