/** What the gateway says of itself: to the platform, on the local broker, over the control socket. */
@NullMarked
package dev.edgegateway.gateway.health;

import org.jspecify.annotations.NullMarked;
