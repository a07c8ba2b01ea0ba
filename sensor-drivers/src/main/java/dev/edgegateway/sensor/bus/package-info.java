/** The buses sensors sit on, as the drivers need them; each foreign library stands behind one of these. */
@NullMarked
package dev.edgegateway.sensor.bus;

import org.jspecify.annotations.NullMarked;
