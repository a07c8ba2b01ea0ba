/**
 * Sensors that say lines of text on a serial port by themselves: NMEA 0183, or pairs of name and value.
 *
 * <p>Bytes come from a {@link dev.edgegateway.sensor.serial.ReopeningLine}, are cut by {@link
 * dev.edgegateway.sensor.serial.LineAssembler} and understood by a {@link dev.edgegateway.sensor.serial.LineFormat}.
 * All of it runs on the thread of the bus; each port is a bus of its own, because reading waits.
 */
@NullMarked
package dev.edgegateway.sensor.serial;

import org.jspecify.annotations.NullMarked;
