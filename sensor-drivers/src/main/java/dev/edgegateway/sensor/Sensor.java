package dev.edgegateway.sensor;

import java.util.List;

/**
 * A part that can be read. All methods are called on the thread of its bus.
 *
 * <p>A polled sensor is read once an interval; a {@linkplain #streams() streaming} one speaks by itself, and its {@link
 * #read} waits for the next thing it says.
 */
public interface Sensor extends AutoCloseable {
    /** The id the configuration gave it. */
    String id();

    /** Whether {@link #read} waits for the part to speak, instead of asking it. */
    boolean streams();

    /**
     * Reads once.
     *
     * @return what was measured; for a streaming sensor possibly empty when nothing was said in the last second.
     * @throws SensorException if there is no answer or a damaged one; the sensor can be read again, and reopens what it
     *     has lost.
     */
    List<Reading> read() throws InterruptedException;

    /** Frees the bus. Idempotent. */
    @Override
    void close();
}
