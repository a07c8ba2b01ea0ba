/**
 * What a rehearsal of failures needs: a wire that can be cut, and the books that show afterwards that nothing is missing.
 *
 * <p>Flow: a client's traffic runs through a {@link dev.edgegateway.gateway.rehearsal.SeverableProxy}, which is severed
 * and healed by method call. Whoever publishes reports each acknowledged message to a {@link
 * dev.edgegateway.gateway.rehearsal.DeliveryLedger}, whoever receives reports each delivered one, and the {@link
 * dev.edgegateway.gateway.rehearsal.DeliveryCertificate} is the balance.
 *
 * <p>Threads: everything here may be called from any thread. The proxy runs on virtual threads of its own and has ended
 * them all when its {@code close} returns.
 *
 * <p>Boundary: nothing on the path of a message uses this package; it is for the demo and the tests.
 */
@NullMarked
package dev.edgegateway.gateway.rehearsal;

import org.jspecify.annotations.NullMarked;
