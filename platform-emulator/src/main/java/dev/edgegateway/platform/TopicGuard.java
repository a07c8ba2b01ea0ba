package dev.edgegateway.platform;

import dev.edgegateway.broker.Authorizer;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.platform.ClientIdentity.Gateway;
import dev.edgegateway.platform.Notifications.Addressed;
import dev.edgegateway.platform.Notifications.Request;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Holds each class of clients to its topic rules. A device or an application that breaks one is disconnected; what a
 * gateway asks for in vain is acknowledged, dropped and notified. Thread: {@code broker}; counters from any.
 */
final class TopicGuard implements Authorizer {
    /** Topic bytes beyond this count as payload. */
    private static final int FREE_TOPIC_BYTES = 200;

    private final Connections connections;
    private final Notifications notifications;
    private final Registry registry;
    private final Outlet outlet;
    private final int maxPayloadBytes;

    private final LongAdder events = new LongAdder();
    private final LongAdder commands = new LongAdder();
    private final LongAdder ignored = new LongAdder();

    TopicGuard(
            Connections connections,
            Notifications notifications,
            Registry registry,
            Outlet outlet,
            int maxPayloadBytes) {
        this.connections = connections;
        this.notifications = notifications;
        this.registry = registry;
        this.outlet = outlet;
        this.maxPayloadBytes = maxPayloadBytes;
    }

    long events() {
        return events.sum();
    }

    long commands() {
        return commands.sum();
    }

    long ignored() {
        return ignored.sum();
    }

    @Override
    public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
        if (!(client.namespace() instanceof PlatformNamespace namespace)) {
            return PublishVerdict.ALLOW;
        }
        if (isTooLarge(topic.value(), message.payload().length)) {
            connections.condemn(client, DisconnectReason.PACKET_TOO_LARGE);
            return PublishVerdict.DISCONNECT;
        }
        boolean valid = TopicRules.of(namespace.identity()).mayPublish(topic.value());
        if (!valid) {
            return invalid(client, namespace.identity(), topic.value());
        }
        PublishVerdict verdict = namespace.identity() instanceof Gateway gateway
                ? forDevice(client, gateway, topic.value())
                : PublishVerdict.ALLOW;
        if (verdict == PublishVerdict.ALLOW && connections.isOpen(client)) {
            count(topic.value());
        }
        return verdict;
    }

    private boolean isTooLarge(String topic, int payloadBytes) {
        int topicBytes =
                topic.length() <= FREE_TOPIC_BYTES / 3 ? topic.length() : topic.getBytes(StandardCharsets.UTF_8).length;
        return payloadBytes + Math.max(0, topicBytes - FREE_TOPIC_BYTES) > maxPayloadBytes;
    }

    private PublishVerdict invalid(ClientInfo client, ClientIdentity identity, String topic) {
        if (identity instanceof Gateway gateway && connections.isOpen(client)) {
            ignored.increment();
            notifyInvalid(client, gateway, Request.Publish, topic);
            return PublishVerdict.IGNORE;
        }
        // A Will is no exception for gateways: the CONNECT that carries a bad one is not answered.
        connections.condemn(client, DisconnectReason.INVALID_TOPIC);
        return PublishVerdict.DISCONNECT;
    }

    private PublishVerdict forDevice(ClientInfo client, Gateway gateway, String topic) {
        if (register(client, gateway, Request.Publish, topic)) {
            return PublishVerdict.ALLOW;
        }
        ignored.increment();
        return PublishVerdict.IGNORE;
    }

    /** Whether the device a topic addresses is one the gateway may speak for; if not, the gateway has been told. */
    private boolean register(ClientInfo client, Gateway gateway, Request request, String topic) {
        String[] levels = topic.split("/", 6);
        var device = new Addressed(levels[2], levels[4]);
        return switch (registry.register(gateway, device.typeId(), device.deviceId())) {
            case KNOWN, REGISTERED -> true;
            case BAD_ID -> {
                refused(
                        client,
                        gateway,
                        request,
                        topic,
                        device,
                        Notifications.TOPIC_INVALID,
                        "type or id is not 1 to 36 characters of A-Z a-z 0-9 - _ .");
                yield false;
            }
            case TOO_MANY -> {
                refused(
                        client,
                        gateway,
                        request,
                        topic,
                        device,
                        Notifications.TOO_MANY_DEVICES,
                        "too many devices on this gateway");
                yield false;
            }
        };
    }

    private void notifyInvalid(ClientInfo client, Gateway gateway, Request request, String topic) {
        refused(
                client,
                gateway,
                request,
                topic,
                null,
                Notifications.TOPIC_INVALID,
                "the topic has no form that a gateway may use here");
    }

    private void refused(
            ClientInfo client,
            Gateway gateway,
            Request request,
            String topic,
            @Nullable Addressed device,
            int code,
            String words) {
        notifications.send(gateway, client.clientId(), request, topic, device, code, words);
    }

    /** Counts a topic that its rules allow: events and commands end with {@code /{kind}/{name}/fmt/{format}}. */
    private void count(String topic) {
        String[] levels = topic.split("/");
        String kind = levels.length < 4 ? "" : levels[levels.length - 4];
        if (topic.startsWith("iot-2/")) {
            (kind.equals("evt") ? events : commands).increment();
        }
    }

    @Override
    public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
        if (!(client.namespace() instanceof PlatformNamespace namespace)) {
            return OPEN.onSubscribe(client, filters);
        }
        TopicRules rules = TopicRules.of(namespace.identity());
        List<String> bad = filters.stream()
                .map(TopicFilter::value)
                .filter(filter -> !rules.maySubscribe(filter))
                .toList();
        if (!(namespace.identity() instanceof Gateway gateway)) {
            if (!bad.isEmpty()) {
                connections.condemn(client, DisconnectReason.INVALID_TOPIC);
            }
            return all(filters, bad.isEmpty() ? SubscribeVerdict.GRANT : SubscribeVerdict.DISCONNECT);
        }
        bad.forEach(filter -> notifyInvalid(client, gateway, Request.Subscribe, filter));
        boolean granted = bad.isEmpty() && mayHear(client, gateway, filters);
        return all(filters, granted ? SubscribeVerdict.GRANT : SubscribeVerdict.REFUSE);
    }

    /** Subscribing registers a device too, if it is the only one that is asked for, by its full name. */
    private boolean mayHear(ClientInfo client, Gateway gateway, List<TopicFilter> filters) {
        if (filters.size() != 1) {
            return true;
        }
        String filter = filters.getFirst().value();
        String[] levels = filter.split("/", 6);
        boolean addressesOne =
                levels.length == 6 && levels[0].equals("iot-2") && !levels[2].equals("+") && !levels[4].equals("+");
        return !addressesOne || register(client, gateway, Request.Subscribe, filter);
    }

    private static List<SubscribeVerdict> all(List<TopicFilter> filters, SubscribeVerdict verdict) {
        return Collections.nCopies(filters.size(), verdict);
    }

    @Override
    public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
        if (!(client.namespace() instanceof PlatformNamespace namespace)) {
            return true;
        }
        TopicRules rules = TopicRules.of(namespace.identity());
        boolean valid = true;
        for (TopicFilter filter : filters) {
            if (!rules.maySubscribe(filter.value())) {
                valid = false;
                if (namespace.identity() instanceof Gateway gateway) {
                    notifyInvalid(client, gateway, Request.Unsubscribe, filter.value());
                }
            }
        }
        if (!valid && !(namespace.identity() instanceof Gateway)) {
            connections.condemn(client, DisconnectReason.INVALID_TOPIC);
            outlet.disconnect(client.clientId(), DisconnectReason.INVALID_TOPIC);
        }
        return valid;
    }
}
