/**
 * The far side of the gateway, for demo and tests: an IoT platform of the {@code iot-2} kind, on the local broker's
 * public seams. Never on the appliance.
 *
 * <p>Flow: {@code Entrance} (the broker's authenticator) reads who a client is from its client id and checks its
 * credentials; {@code PlatformNamespace} gives each class of clients its view of the one tree of topics; {@code
 * TopicGuard} (the authorizer) holds each class to its topic rules, with the gateway's own kind of refusal: acknowledged,
 * dropped, notified; {@code Presence} (the listener) publishes the monitoring messages; {@code Registry} knows which
 * devices a gateway has spoken for.
 *
 * <p>Threads: all of that runs on the broker's event loop and keeps its state there; {@link
 * dev.edgegateway.platform.PlatformEmulator} and its counters may be used from any thread.
 *
 * <p>Nothing survives a restart, and it shares no code with the gateway it is a peer for.
 */
@NullMarked
package dev.edgegateway.platform;

import org.jspecify.annotations.NullMarked;
