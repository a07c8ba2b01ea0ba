/**
 * Sensors: a {@link dev.edgegateway.sensor.Sensor} is read on the thread of its bus and answers with {@link
 * dev.edgegateway.sensor.Reading}s. Each part has a package of its own; the buses they sit on are the seams in {@code
 * sensor.bus}.
 */
@NullMarked
package dev.edgegateway.sensor;

import org.jspecify.annotations.NullMarked;
