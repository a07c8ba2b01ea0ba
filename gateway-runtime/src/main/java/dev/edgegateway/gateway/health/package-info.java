/**
 * What the gateway says of itself and of its clients: to the platform, on the local broker, in the log, over the control
 * socket.
 *
 * <p>Flow: thread {@code broker} tells {@link dev.edgegateway.gateway.health.EachListener} of clients that come and go,
 * from which {@link dev.edgegateway.gateway.health.ClientLog} makes lines and {@link
 * dev.edgegateway.gateway.health.Monitoring} messages. {@link dev.edgegateway.gateway.health.Rounds} has {@link
 * dev.edgegateway.gateway.health.SystemTopics} publish the figures, on its own thread.
 */
@NullMarked
package dev.edgegateway.gateway.health;

import org.jspecify.annotations.NullMarked;
