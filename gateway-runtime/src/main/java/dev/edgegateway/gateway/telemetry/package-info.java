/**
 * From sensors to the broker: each bus has a thread that reads its sensors, and what was read is published locally as any
 * device would publish it.
 */
@NullMarked
package dev.edgegateway.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
