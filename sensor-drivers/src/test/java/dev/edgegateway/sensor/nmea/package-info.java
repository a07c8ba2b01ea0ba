@NullMarked
package dev.edgegateway.sensor.nmea;

import org.jspecify.annotations.NullMarked;
