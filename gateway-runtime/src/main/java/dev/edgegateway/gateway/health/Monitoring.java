package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.uplink.DeviceAddress;
import dev.edgegateway.gateway.uplink.DeviceNamespace;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of each platform-style device on the LAN what the platform would say of it: {@code iot-2/type/{t}/id/{i}/mon},
 * retained when it connects and when it leaves, unless it left because it connected again. Any thread.
 */
public final class Monitoring implements BrokerListener {
    /** Who publishes them; none of it goes to the platform. */
    public static final ClientInfo PUBLISHER = ClientInfo.inProcess("monitoring");

    private static final TopicFilter ALL = new TopicFilter("iot-2/type/+/id/+/mon");
    /** Retained messages looked at after a start, and early ones held, at most. */
    private static final int MAX_MESSAGES = 100_000;

    private final InstantSource clock;
    private final Map<String, BrokerSettings.Listener> doors;
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<Consumer<LocalBroker>> early = new ArrayList<>();
    private @Nullable LocalBroker broker;

    /** @param doors the broker's listeners. */
    public Monitoring(InstantSource clock, List<BrokerSettings.Listener> doors) {
        this.clock = clock;
        this.doors = doors.stream().collect(Collectors.toMap(BrokerSettings.Listener::name, door -> door));
    }

    /**
     * Publishes from now on through this broker, and says of devices that were connected when an earlier process died
     * that they no longer are.
     */
    public void attach(LocalBroker local) {
        List<Message> kept = local.retained(ALL, MAX_MESSAGES);
        Set<String> connected = local.clients().stream()
                .filter(client -> client.connection() != null)
                .map(ClientStatus::clientId)
                .collect(Collectors.toSet());
        synchronized (this) {
            for (Message message : kept) {
                MonitoringMessage said = MonitoringMessage.parse(message.payload());
                if (said != null && said.isConnect() && !connected.contains(said.clientId())) {
                    byte[] lost = said.lost(clock.instant()).toJson();
                    local.publish(PUBLISHER, new Message(message.topic(), lost, Qos.AT_MOST_ONCE, true));
                }
            }
            early.forEach(publication -> publication.accept(local));
            early.clear();
            broker = local;
        }
    }

    @Override
    public void connected(ClientInfo client) {
        if (client.namespace() instanceof DeviceNamespace namespace) {
            Instant now = clock.instant();
            publish(namespace.device(), client.listener(), true, port -> MonitoringMessage.connect(client, port, now));
        }
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        if (client.namespace() instanceof DeviceNamespace namespace) {
            publish(
                    namespace.device(),
                    client.listener(),
                    reason != DisconnectReason.TAKEN_OVER,
                    port -> MonitoringMessage.disconnect(client, port, at, reason, traffic));
        }
    }

    @Override
    public void refused(ConnectRequest request, String why) {
        String[] parts = request.clientId().split(":", -1);
        if (parts.length == 4
                && parts[0].equals("d")
                && DeviceAddress.isValidPart(parts[2])
                && DeviceAddress.isValidPart(parts[3])) {
            Instant now = clock.instant();
            publish(
                    new DeviceAddress(parts[2], parts[3]),
                    request.listener(),
                    false,
                    port -> MonitoringMessage.failedConnect(request, port, now, why));
        }
    }

    private interface Said {
        MonitoringMessage on(int port);
    }

    private synchronized void publish(DeviceAddress device, String listener, boolean retain, Said said) {
        TopicName topic = new TopicName("iot-2/type/" + device.typeId() + "/id/" + device.deviceId() + "/mon");
        Consumer<LocalBroker> publication = local -> {
            int port = ports.computeIfAbsent(listener, local::port);
            local.publish(
                    PUBLISHER,
                    new Message(
                            topic, said.on(port).through(doors.get(listener)).toJson(), Qos.AT_MOST_ONCE, retain));
        };
        if (broker != null) {
            publication.accept(broker);
        } else if (early.size() < MAX_MESSAGES) {
            early.add(publication);
        }
    }
}
