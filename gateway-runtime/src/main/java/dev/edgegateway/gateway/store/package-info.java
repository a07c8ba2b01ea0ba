/**
 * The one durable store: a single MVStore file, one thread that writes it, one group commit for all that must survive.
 * The broker and the queue each bring their own maps and see of this only a way to hand over a change.
 */
@NullMarked
package dev.edgegateway.gateway.store;

import org.jspecify.annotations.NullMarked;
