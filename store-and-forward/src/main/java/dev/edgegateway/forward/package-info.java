/**
 * Keeps messages for the platform until the platform has them.
 *
 * <p>Flow: whoever has a message {@linkplain dev.edgegateway.forward.OutboundQueue#append appends} it and waits for the
 * commit that covers it; the {@code Forwarder}, on a thread of its own, keeps a window of the oldest messages in flight
 * through the {@link dev.edgegateway.forward.PlatformLink} and removes each once the platform has acknowledged it.
 */
@NullMarked
package dev.edgegateway.forward;

import org.jspecify.annotations.NullMarked;
