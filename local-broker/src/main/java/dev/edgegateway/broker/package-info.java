/**
 * The MQTT broker for devices nearby: what it offers to the rest of the process, and the seams it is built with.
 *
 * <p>Flow: a listener of {@code broker.netty} decodes a packet, the session of its client in {@code broker.session}
 * follows the protocol, {@code broker.routing} finds who gets the message, and the {@link
 * dev.edgegateway.broker.PublishTap} sees it on the way. One event loop, thread {@code broker}, owns all of that state;
 * every other thread comes in through {@link dev.edgegateway.broker.LocalBroker}, which hops onto the loop.
 */
@NullMarked
package dev.edgegateway.broker;

import org.jspecify.annotations.NullMarked;
