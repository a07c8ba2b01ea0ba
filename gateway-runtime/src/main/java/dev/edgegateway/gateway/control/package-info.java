/**
 * How a running gateway is asked how it is: a Unix domain socket in the run directory, over which {@code edge-gateway
 * status} reads a {@link dev.edgegateway.gateway.control.StatusReport}.
 *
 * <p>Flow: {@link dev.edgegateway.gateway.control.ControlServer} takes one line of JSON from a connection, {@code
 * {"command":"status"}}, answers with one line of JSON, and closes. Who may ask is decided by the mode of the socket.
 *
 * <p>Threads: a virtual one that accepts, and two for each connection: one serves it, one watches its time.
 */
@NullMarked
package dev.edgegateway.gateway.control;

import org.jspecify.annotations.NullMarked;
