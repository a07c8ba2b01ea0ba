/**
 * What the broker knows of its clients, and the protocol it follows with each of them.
 *
 * <p>{@code ClientProtocol} lives as long as a connection and turns packets into calls; {@code Session} lives as long as
 * MQTT says and owns what is on its way to the client; {@code BrokerCore} holds what all of them share. An
 * acknowledgement that has to wait for a commit stands in the connection's {@code AckQueue}. Everything here runs on
 * thread {@code broker} and nothing blocks; the network stands behind {@code Connection}.
 */
@NullMarked
package dev.edgegateway.broker.session;

import org.jspecify.annotations.NullMarked;
