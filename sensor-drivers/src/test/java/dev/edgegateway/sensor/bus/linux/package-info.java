@NullMarked
package dev.edgegateway.sensor.bus.linux;

import org.jspecify.annotations.NullMarked;
