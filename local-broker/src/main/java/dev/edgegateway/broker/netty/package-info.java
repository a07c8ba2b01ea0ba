/**
 * The network side of the broker: listeners, the decoder that turns bytes into the
 * protocol's calls, and the writers that turn its answers into bytes.
 * Before the decoder stands what the listener asks for: TLS, WebSocket, both or nothing.
 * The only importer of Netty. One event loop carries all of it and is thread {@code broker}.
 */
@NullMarked
package dev.edgegateway.broker.netty;

import org.jspecify.annotations.NullMarked;
