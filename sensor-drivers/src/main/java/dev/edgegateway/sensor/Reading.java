package dev.edgegateway.sensor;

import java.time.Instant;

/**
 * One value from one sensor. Immutable, so any thread may hold it.
 *
 * @param sensorId the id the configuration gave the sensor.
 * @param name what is measured, as the payload names it: {@code snake_case}, unique within the sensor.
 * @param value always finite, in {@link Quantity#unit()}.
 * @param takenAt when the conversion finished, by the gateway's clock.
 */
public record Reading(String sensorId, String name, Quantity quantity, double value, Instant takenAt) {
    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(sensorId + "." + name + " is not a number: " + value);
        }
    }
}
