/**
 * The load generator: MQTT 3.1.1 clients that cost so little that the broker is what is measured.
 *
 * <p>{@code ClosedLoop} measures throughput: publishers go on only as fast as subscribers receive, so that nothing has to
 * be dropped and the broker sets the pace. {@code FixedRate} measures latency: messages leave by the clock, whatever the
 * broker does. Both count every message at every subscriber, in order, and a run that misses one says so and counts for
 * nothing. All clients of a run share one thread, the caller's, and one selector; {@code Wire} moves many packets per
 * system call.
 */
@NullMarked
package dev.edgegateway.bench.load;

import org.jspecify.annotations.NullMarked;
