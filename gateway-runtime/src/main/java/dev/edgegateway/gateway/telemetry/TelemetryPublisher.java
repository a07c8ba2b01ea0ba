package dev.edgegateway.gateway.telemetry;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.sensor.Reading;
import java.util.List;

/** Publishes what sensors say on the local broker, as any device would. Any thread. */
public final class TelemetryPublisher {
    /** Who publishes; nobody waits for these messages, so they may wait for company on their way to disk. */
    public static final ClientInfo SENSORS = ClientInfo.inProcess("sensors");

    private final LocalBroker broker;

    public TelemetryPublisher(LocalBroker broker) {
        this.broker = broker;
    }

    /** @param readings of one sensor, at least one. */
    void publish(TopicName topic, List<Reading> readings) {
        broker.publish(SENSORS, new Message(topic, ReadingCodec.encode(readings), Qos.AT_LEAST_ONCE, false));
    }
}
