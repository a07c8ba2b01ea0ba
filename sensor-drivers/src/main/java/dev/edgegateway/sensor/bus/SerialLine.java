package dev.edgegateway.sensor.bus;

import java.time.Duration;

/**
 * An open serial line. Used by one thread at a time. A line that has hung up stays so: it is closed, and another one
 * opened.
 */
public interface SerialLine extends AutoCloseable {
    /** The longest time-out {@link #read} takes. */
    Duration MAX_TIMEOUT = Duration.ofSeconds(10);

    /**
     * Waits for bytes. The wait does not answer to interrupts, so keep it short.
     *
     * @param into receives what came, from its start; not empty.
     * @param timeout more than zero, at most {@link #MAX_TIMEOUT}; rounded up to tenths of a second.
     * @return how many bytes came; as soon as there is one, but never more than the array holds; 0 if none came in time.
     * @throws dev.edgegateway.sensor.SensorException if the line has hung up: the device was unplugged.
     * @throws IllegalStateException if closed.
     */
    int read(byte[] into, Duration timeout);

    /**
     * Sends all these bytes, and returns when the system has taken them; a full line takes more at its baud rate.
     *
     * @throws dev.edgegateway.sensor.SensorException if the line has hung up.
     * @throws IllegalStateException if closed.
     */
    void write(byte[] bytes);

    /** Gives the device back. Idempotent, also after a hang-up. */
    @Override
    void close();

    /** Opens lines. */
    @FunctionalInterface
    interface Opener {
        /**
         * Claims the device for this process alone.
         *
         * @throws dev.edgegateway.sensor.SensorException if it is not there, not allowed, or taken; the message says
         *     which.
         */
        SerialLine open(SerialSettings settings);
    }
}
