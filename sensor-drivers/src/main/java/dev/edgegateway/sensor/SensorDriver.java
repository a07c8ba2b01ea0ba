package dev.edgegateway.sensor;

import java.time.InstantSource;
import java.util.List;

/**
 * Makes sensors of one kind. Found with {@link java.util.ServiceLoader}; the configuration names it by {@code driver}.
 */
public interface SensorDriver {
    /** The word in the configuration, {@code snake_case}. */
    String name();

    /** The keys it understands besides {@code id}, {@code driver} and {@code interval}. */
    List<Option> options();

    /** Names the bus the sensor would sit on; sensors of one bus are read by one thread, one after the other. */
    String bus(Options options);

    /**
     * Makes the sensor. A part that is not there yet is no error here: {@link Sensor#read} says so, again and again.
     *
     * @param clock the gateway's wall clock.
     * @throws IllegalArgumentException if the options contradict each other; the message names the key.
     */
    Sensor open(String sensorId, Options options, InstantSource clock);
}
