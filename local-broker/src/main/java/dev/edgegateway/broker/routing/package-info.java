/** Who gets a message: the tree of subscriptions, the retained messages, and the router over both. Thread: {@code broker}. */
@NullMarked
package dev.edgegateway.broker.routing;

import org.jspecify.annotations.NullMarked;
