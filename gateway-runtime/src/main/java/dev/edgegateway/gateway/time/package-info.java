/** The machine's clocks, read together, and whether the wall clock can be trusted. */
@NullMarked
package dev.edgegateway.gateway.time;

import org.jspecify.annotations.NullMarked;
