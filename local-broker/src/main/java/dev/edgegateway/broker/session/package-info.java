/** The sessions of the broker's clients and what of them must survive. Thread: {@code broker}. */
@NullMarked
package dev.edgegateway.broker.session;

import org.jspecify.annotations.NullMarked;
