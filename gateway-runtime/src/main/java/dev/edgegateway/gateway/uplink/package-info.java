/**
 * What goes up: from topics on the local broker to topics at the platform.
 *
 * <p>Flow: a client of the local broker is named and namespaced by {@link
 * dev.edgegateway.gateway.access.LanDevices} and {@link dev.edgegateway.gateway.uplink.DeviceNamespace}, so that every
 * message has one inner topic; {@link dev.edgegateway.gateway.uplink.Routes} says where that topic goes upstream; {@link
 * dev.edgegateway.gateway.uplink.PlatformTopics} is the one place that spells the platform's topics.
 *
 * <p>Threads: patterns, templates, namespaces and topics are immutable and belong to no thread; {@code Routes} answers
 * on thread {@code broker} alone and lets any thread read its counters.
 */
@NullMarked
package dev.edgegateway.gateway.uplink;

import org.jspecify.annotations.NullMarked;
