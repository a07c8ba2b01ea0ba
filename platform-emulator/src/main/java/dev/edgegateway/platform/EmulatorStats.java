package dev.edgegateway.platform;

import dev.edgegateway.broker.BrokerStats;

/**
 * What the platform has seen since its start.
 *
 * @param events taken from devices, gateways and applications, repeats included.
 * @param commands taken from applications.
 * @param ignored messages of gateways that were acknowledged and dropped.
 * @param notifications sent to gateways.
 * @param turnedAway connections refused.
 * @param broker the counters of the broker underneath.
 */
public record EmulatorStats(
        long events, long commands, long ignored, long notifications, long turnedAway, BrokerStats broker) {}
