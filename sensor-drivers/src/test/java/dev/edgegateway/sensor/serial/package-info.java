@NullMarked
package dev.edgegateway.sensor.serial;

import org.jspecify.annotations.NullMarked;
