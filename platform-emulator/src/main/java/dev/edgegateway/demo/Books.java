package dev.edgegateway.demo;

import dev.edgegateway.demo.client.DeviceSpec;
import dev.edgegateway.demo.client.Report;
import dev.edgegateway.demo.screen.Snapshot;
import dev.edgegateway.gateway.rehearsal.DeliveryCertificate;
import dev.edgegateway.gateway.rehearsal.DeliveryLedger;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything the clients have reported, added up. Any thread. */
final class Books {
    /** Names that a sensor or status event may have, so that nothing said can fill the memory. */
    private static final int MAX_READINGS = 100;

    private final Map<String, DeviceSpec> fleet = new LinkedHashMap<>();
    private final DeliveryLedger promised = new DeliveryLedger();
    private final DeliveryLedger unpromised = new DeliveryLedger();
    private final DeliveryLedger commands = new DeliveryLedger();
    private final Map<String, Sensor> sensors = new LinkedHashMap<>();
    private final Set<String> connected = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private long acknowledgements;
    private long deliveries;
    private long commandsSent;
    private long commandsReceived;
    private long misrouted;
    private long misdelivered;
    private long connections;
    private Duration delay = Duration.ZERO;

    private record Sensor(long said, String last) {}

    Books(List<DeviceSpec> fleet) {
        fleet.forEach(spec -> this.fleet.put(spec.id(), spec));
    }

    synchronized void accept(Report report) {
        switch (report) {
            case Report.Connected(String client) -> {
                connected.add(client);
                if (fleet.containsKey(client)) {
                    connections++;
                }
            }
            case Report.Disconnected(String client) -> connected.remove(client);
            case Report.Finished(String device) -> finished.add(device);
            case Report.Acknowledged(String device, long sequence) -> {
                ledgerOf(device).acknowledged(device, sequence);
                acknowledgements++;
            }
            case Report.Delivered delivered -> deliver(delivered);
            case Report.Reading(String topicDevice, String event, String payload) -> {
                if (sensors.containsKey(event) || sensors.size() < MAX_READINGS) {
                    long said = sensors.containsKey(event) ? sensors.get(event).said() : 0;
                    sensors.put(event, new Sensor(said + 1, payload));
                }
            }
            case Report.CommandSent(String device, long number) -> {
                commands.acknowledged(device, number);
                commandsSent++;
            }
            case Report.CommandReceived(String device, String addressee, long number) -> {
                commandsReceived++;
                if (device.equals(addressee)) {
                    commands.delivered(device, number);
                } else {
                    misdelivered++;
                }
            }
        }
    }

    private void deliver(Report.Delivered delivered) {
        if (!fleet.containsKey(delivered.device()) || !delivered.device().equals(delivered.topicDevice())) {
            misrouted++;
            return;
        }
        ledgerOf(delivered.device()).delivered(delivered.device(), delivered.sequence());
        deliveries++;
        delay = Duration.ofMillis(delivered.delayMillis());
    }

    /** Whether all devices have been told of all they published, and all that was promised has arrived. */
    synchronized boolean settled() {
        return finished.containsAll(fleet.keySet()) && promised.outstanding() == 0 && commands.outstanding() == 0;
    }

    /** A number that rises with everything that brings the books closer to being settled. */
    synchronized long progress() {
        return acknowledgements + deliveries + commandsReceived + finished.size();
    }

    /** Whether a client, a device or the application, is connected now. */
    synchronized boolean isConnected(String client) {
        return connected.contains(client);
    }

    /** How often a device has got a connection so far. */
    synchronized long connections() {
        return connections;
    }

    synchronized long acknowledgements() {
        return acknowledgements;
    }

    synchronized long deliveries() {
        return deliveries;
    }

    /** Devices that have not been told of all they published. */
    synchronized List<String> unfinished() {
        return fleet.keySet().stream().filter(id -> !finished.contains(id)).toList();
    }

    /** How often a sensor has been heard at the far end, and its last payload. */
    synchronized Snapshot.Sensor sensor(String id, String kind) {
        Sensor sensor = sensors.getOrDefault(id, new Sensor(0, "{}"));
        return new Snapshot.Sensor(id, kind, sensor.said(), Readings.first(sensor.last()));
    }

    synchronized List<Snapshot.Device> devices() {
        var lines = new LinkedHashMap<String, DeliveryCertificate.Line>();
        promised.certificate().devices().forEach(line -> lines.put(line.device(), line));
        unpromised.certificate().devices().forEach(line -> lines.put(line.device(), line));
        var received = new LinkedHashMap<String, Long>();
        commands.certificate().devices().forEach(line -> received.put(line.device(), line.delivered()));
        return fleet.values().stream()
                .map(spec -> device(spec, lines, received.getOrDefault(spec.id(), 0L)))
                .toList();
    }

    private Snapshot.Device device(DeviceSpec spec, Map<String, DeliveryCertificate.Line> lines, long received) {
        var none = new DeliveryCertificate.Line(spec.id(), 0, 0, 0, 0, 0, 0, List.of());
        DeliveryCertificate.Line line = lines.getOrDefault(spec.id(), none);
        return new Snapshot.Device(
                spec.id(),
                switch (spec.kind()) {
                    case PLATFORM -> "platform";
                    case PLAIN -> "mqtt";
                },
                spec.qos(),
                connected.contains(spec.id()),
                line.acknowledged(),
                line.lost(),
                line.delivered(),
                line.duplicates(),
                line.outOfOrder(),
                received);
    }

    synchronized Snapshot.Application application() {
        return new Snapshot.Application(deliveries, commandsSent, commandsReceived, delay);
    }

    synchronized Balance balance() {
        return new Balance(
                promised.certificate(), unpromised.certificate(), commands.certificate(), misrouted, misdelivered);
    }

    /**
     * How the books stand.
     *
     * @param promised messages at QoS 1 and 2.
     * @param unpromised messages at QoS 0.
     * @param commands acknowledged by the platform, and received by devices.
     * @param misrouted messages that arrived under another device's name.
     * @param misdelivered commands that came to another device than the one addressed.
     */
    record Balance(
            DeliveryCertificate promised,
            DeliveryCertificate unpromised,
            DeliveryCertificate commands,
            long misrouted,
            long misdelivered) {}

    private DeliveryLedger ledgerOf(String device) {
        DeviceSpec spec = fleet.get(device);
        return spec != null && spec.guaranteed() ? promised : unpromised;
    }
}
