package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.TopicName;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.SensorDriver;
import java.time.Duration;

/**
 * One sensor.
 *
 * @param id 1 to 36 of {@code A-Z a-z 0-9 - _ .}.
 * @param interval from one reading to the next.
 * @param topic where its readings are published locally.
 * @param options checked against {@link SensorDriver#options()} and completed.
 */
public record SensorConfig(String id, SensorDriver driver, Duration interval, TopicName topic, Options options) {}
