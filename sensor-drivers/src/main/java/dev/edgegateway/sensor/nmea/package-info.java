/** Sentences of NMEA 0183, as receivers of satellite navigation send them. Values in, values out; no state, any thread. */
@NullMarked
package dev.edgegateway.sensor.nmea;

import org.jspecify.annotations.NullMarked;
