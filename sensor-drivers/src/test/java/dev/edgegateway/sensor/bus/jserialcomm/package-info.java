@NullMarked
package dev.edgegateway.sensor.bus.jserialcomm;

import org.jspecify.annotations.NullMarked;
