/**
 * Who gets in at the local broker, and to what.
 *
 * <p>Flow: a CONNECT reaches {@link dev.edgegateway.gateway.access.AccessControl}. The client id says whether it is a
 * platform-style device ({@link dev.edgegateway.gateway.access.LanDevices}); user name and password, or the device's
 * token, are looked up in a file of hashes. What the client may then do is decided message by message by {@link
 * dev.edgegateway.gateway.access.AccessRules}.
 *
 * <p>Threads: {@code broker} asks and is never held up. Whatever takes time, which is hashing and reading files, is done
 * one at a time on thread {@code access}, and refusals that are to wait are sent from there as well.
 */
@NullMarked
package dev.edgegateway.gateway.access;

import org.jspecify.annotations.NullMarked;
