/**
 * The network side of the broker: listeners, pipeline, and the mapping between Netty's packets and the protocol's calls.
 * The only importer of Netty. One event loop carries all of it and is thread {@code broker}.
 */
@NullMarked
package dev.edgegateway.broker.netty;

import org.jspecify.annotations.NullMarked;
