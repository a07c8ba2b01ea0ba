/** The machine itself as a sensor: small files of {@code /proc} and {@code /sys}, read on the thread of the bus. */
@NullMarked
package dev.edgegateway.sensor.system;

import org.jspecify.annotations.NullMarked;
