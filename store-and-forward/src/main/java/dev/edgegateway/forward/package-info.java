/**
 * Keeps messages for the platform until the platform has them.
 *
 * <p>Flow: whoever has a message {@linkplain dev.edgegateway.forward.OutboundQueue#append appends} it and waits for the
 * commit that covers it; the {@link dev.edgegateway.forward.Forwarder}, on a thread of its own, keeps a window of the
 * oldest messages in flight through the {@link dev.edgegateway.forward.PlatformLink} and removes each once the platform
 * has acknowledged it.
 *
 * <p>Threads: {@code forwarder} owns the window, the back-off and the connection; threads of the link and of the store
 * leave acknowledgements and finished removals in lists and wake it. It reads the store and so is never interrupted.
 *
 * <p>Boundary: H2 is only seen in package {@code h2}, Paho only in package {@code paho}.
 */
@NullMarked
package dev.edgegateway.forward;

import org.jspecify.annotations.NullMarked;
