package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.uplink.Route.DeviceEvent;
import dev.edgegateway.gateway.uplink.Route.RemoteTopic;
import dev.edgegateway.gateway.uplink.Route.SameTopic;
import java.util.Map;
import java.util.Optional;

/**
 * One direction of one route: which topics it is about, and what becomes of each. Immutable.
 *
 * @param from matches topics of the side the message comes from.
 * @param to makes the topic for the other side.
 */
record CompiledRoute(TopicPattern from, Maker to, int qos) {

    /** Makes a topic. */
    @FunctionalInterface
    interface Maker {
        /** @throws IllegalArgumentException saying why nothing that could be published comes out. */
        String make(String topic, Map<String, String> captured);
    }

    /** What to subscribe with on the side the message comes from. */
    TopicFilter filter() {
        return from.filter();
    }

    /** Empty if the route is not about this topic. */
    Optional<Destination> apply(String topic) {
        return from.match(topic).map(captured -> {
            try {
                return new Destination.To(checked(to.make(topic, captured)), qos);
            } catch (IllegalArgumentException e) {
                return new Destination.Unroutable(String.valueOf(e.getMessage()));
            }
        });
    }

    private static String checked(String topic) {
        if (!Publishable.hasOnlySafeCharacters(topic)) {
            throw new IllegalArgumentException(
                    "topic '" + Excerpt.of(topic) + "' holds a character that brokers refuse");
        }
        return new TopicName(topic).value();
    }

    static CompiledRoute toDeviceEvent(Route route, DeviceEvent target) {
        TopicPattern local = TopicPattern.compile(route.topic());
        TopicTemplate type = TopicTemplate.compile(target.typeId(), local.captures());
        TopicTemplate device = TopicTemplate.compile(target.deviceId(), local.captures());
        TopicTemplate event = TopicTemplate.compile(target.event(), local.captures());
        TopicTemplate format = TopicTemplate.compile(target.format(), local.captures());
        return new CompiledRoute(
                local,
                (topic, captured) -> PlatformTopics.event(
                                new DeviceAddress(type.fill(captured), device.fill(captured)),
                                event.fill(captured),
                                format.fill(captured))
                        .value(),
                route.qos());
    }

    static CompiledRoute toRemote(Route route, SameTopic target) {
        String prefix = prefix(target);
        return new CompiledRoute(
                TopicPattern.compile(route.topic()), (topic, captured) -> prefix.concat(topic), route.qos());
    }

    static CompiledRoute fromRemote(Route route, SameTopic target) {
        String prefix = prefix(target);
        TopicPattern local = TopicPattern.compile(route.topic());
        return new CompiledRoute(
                TopicPattern.compile(prefix + local.filter()),
                (topic, captured) -> localTopic(topic, prefix, local),
                Route.AS_PUBLISHED);
    }

    /** A filter behind a prefix matches a little more: the prefix's own last level, and names with {@code $}. */
    private static String localTopic(String remote, String prefix, TopicPattern local) {
        if (remote.startsWith(prefix)) {
            String topic = remote.substring(prefix.length());
            if (local.match(topic).isPresent()) {
                return topic;
            }
        }
        throw new IllegalArgumentException(
                "'" + Excerpt.of(remote) + "' without '" + prefix + "' is not a topic of '" + local + "'");
    }

    private static String prefix(SameTopic target) {
        String prefix = target.prefix();
        if (prefix.indexOf('{') >= 0) {
            throw new IllegalArgumentException(
                    "remote_prefix '" + prefix + "' cannot use captures; a remote_topic can");
        }
        TopicTemplate.requireLiteral(prefix, prefix);
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("remote_prefix '" + prefix + "' must end with '/'");
        }
        return prefix;
    }

    static CompiledRoute toRemote(Route route, RemoteTopic target) {
        TopicPattern local = TopicPattern.compile(route.topic());
        TopicTemplate template = remoteTemplate(target, local);
        return new CompiledRoute(local, (topic, captured) -> template.fill(captured), route.qos());
    }

    /** Only a template that keeps everything the local topic says can be read backwards. */
    static CompiledRoute fromRemote(Route route, RemoteTopic target) {
        TopicPattern local = TopicPattern.compile(route.topic());
        TopicTemplate forth = remoteTemplate(target, local);
        if (local.hasUnnamedWildcard()) {
            throw new IllegalArgumentException("topic '" + route.topic()
                    + "' has a wildcard without a name, so remote_topic '" + forth + "' cannot be brought down to it");
        }
        TopicPattern remote = TopicPattern.compile(target.template());
        if (!remote.captures().equals(local.captures())) {
            throw new IllegalArgumentException("remote_topic '" + target.template() + "' must use every capture of '"
                    + route.topic() + "' to be brought down to it");
        }
        TopicTemplate back = TopicTemplate.compile(route.topic(), remote.captures());
        return new CompiledRoute(remote, (topic, captured) -> back.fill(captured), Route.AS_PUBLISHED);
    }

    private static TopicTemplate remoteTemplate(RemoteTopic target, TopicPattern local) {
        if (target.template().isEmpty()) {
            throw new IllegalArgumentException("remote_topic is empty");
        }
        return TopicTemplate.compile(target.template(), local.captures());
    }
}
