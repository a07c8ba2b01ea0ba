/**
 * The outbound queue in the maps of an MVStore; the only importer of H2 in this module.
 *
 * <p>Flow: {@code append} puts a message into a list in memory and submits one intake to the store's writer, unless one is
 * waiting already; the intake takes the whole list into map {@code outbound} and writes {@code outbound.totals} beside it,
 * so that messages and totals are always part of the same commit; when that commit is on disk its messages become
 * readable. Removals and drops go the same way.
 *
 * <p>Threads: any one at a time appends; {@code store-writer} changes the maps; {@code forwarder} reads them, holding the
 * version it reads so that its pages are not reused meanwhile. Neither of the latter two may be interrupted.
 */
@NullMarked
package dev.edgegateway.forward.h2;

import org.jspecify.annotations.NullMarked;
