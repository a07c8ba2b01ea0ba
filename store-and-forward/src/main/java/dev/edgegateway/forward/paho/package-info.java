/**
 * The link to the platform with Eclipse Paho; the only importer of Paho in this module.
 *
 * <p>Each connection has a Paho client of its own, with persistence in memory, no offline buffer and no reconnecting: the
 * queue is the only truth about what still has to be sent. Lifecycle: {@code PahoPlatformLink} lives as long as the
 * gateway, a {@code PahoConnection} as long as one connection.
 *
 * <p>Threads: {@code forwarder} connects, publishes and closes; Paho's own ({@code MQTT Rec}, {@code Snd}, {@code Call},
 * {@code Con}, {@code Ping}) only leave news with the listeners.
 *
 * <p>What had to be worked around in Paho 1.2.5: it drops the connection, on its sending thread, over topics it does not
 * like, beyond those MQTT forbids (hence {@code Sendable}); a peer that hangs up before CONNECT is written leaves a thread
 * behind that polls for ever, an abandoned attempt may connect later, and sockets are closed politely on dead networks
 * (hence {@code GuardedNetwork}); waiting on a token with a time limit marks the token as failed for good, and waiters
 * of an abandoned attempt are not told (hence {@code Answer}); and {@code close} takes fields away under threads that
 * still run (hence it is not called).
 */
@NullMarked
package dev.edgegateway.forward.paho;

import org.jspecify.annotations.NullMarked;
