@NullMarked
package dev.edgegateway.sensor.system;

import org.jspecify.annotations.NullMarked;
