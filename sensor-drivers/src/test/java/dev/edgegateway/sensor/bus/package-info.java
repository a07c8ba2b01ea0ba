@NullMarked
package dev.edgegateway.sensor.bus;

import org.jspecify.annotations.NullMarked;
