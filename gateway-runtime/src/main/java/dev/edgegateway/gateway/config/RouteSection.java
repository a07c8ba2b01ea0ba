package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.gateway.uplink.Route;
import dev.edgegateway.gateway.uplink.Routes;
import dev.edgegateway.gateway.uplink.TopicPattern;
import dev.edgegateway.gateway.uplink.TopicTemplate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one {@code [[route]]}. */
final class RouteSection {
    private static final Map<String, RouteConfig.Direction> DIRECTIONS = new LinkedHashMap<>();

    static {
        DIRECTIONS.put("out", RouteConfig.Direction.OUT);
        DIRECTIONS.put("in", RouteConfig.Direction.IN);
        DIRECTIONS.put("both", RouteConfig.Direction.BOTH);
    }

    private static final Pattern CAPTURE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LEVEL = Pattern.compile("[^/+#\\p{Cntrl}]*");
    private static final Pattern IDENTIFIER_PART = Pattern.compile("[A-Za-z0-9_.-]{0,36}");

    static final Key<String> TOPIC = Key.required(
            "topic",
            Kinds.topicFilter(),
            "Which local topics: an MQTT filter, in which `{name}` captures one level for use in the other keys.");
    private static final Key<Integer> QOS =
            Key.withDefault("qos", Kinds.integer(0, 2), 1, "How messages travel between gateway and platform.");
    private static final Key<RouteConfig.Direction> DIRECTION = Key.withDefault(
            "direction",
            Kinds.word(DIRECTIONS),
            RouteConfig.Direction.OUT,
            "`out` is up to the platform; `in` and `both` (profile mqtt only) bring messages down.");
    private static final Key<String> REMOTE_PREFIX = Key.optional(
            "remote_prefix",
            Kinds.text(1000),
            "the remote topic is the local one",
            "Profile mqtt: levels that stand before the local topic at the remote side.");
    private static final Key<String> REMOTE_TOPIC = Key.optional(
            "remote_topic",
            Kinds.template("expected a topic, as in \"plant/{device}/{event}\""),
            "the remote topic is the local one",
            "Profile mqtt: the remote topic, made of captures.");
    private static final Key<String> TYPE = Key.optional(
            "type",
            Kinds.template("expected a device type, as in \"pump\" or \"{type}\""),
            "`{type}` if the topic captures it; the gateway's own type if it captures no device either",
            "Profile iot-2: the type of the device the event is of.");
    private static final Key<String> DEVICE = Key.optional(
            "device",
            Kinds.template("expected a device id, as in \"pump-1\" or \"{device}\""),
            "`{device}` if the topic captures it; the gateway itself if no type is given either",
            "Profile iot-2: the device the event is of.");
    private static final Key<String> EVENT = Key.optional(
            "event",
            Kinds.template("expected an event, as in \"status\" or \"{event}\""),
            "`{event}` if the topic captures it; else it is required",
            "Profile iot-2: the name of the event.");
    private static final Key<String> FORMAT = Key.withDefault(
            "format",
            Kinds.template("expected a format, as in \"json\""),
            "json",
            "Profile iot-2: the format of the payload, as the platform is told.");

    private static final List<Key<?>> MQTT_ONLY = List.of(REMOTE_PREFIX, REMOTE_TOPIC);
    private static final List<Key<?>> IOT_2_ONLY = List.of(TYPE, DEVICE, EVENT, FORMAT);

    static final Section SECTION = new Section(
            "route",
            true,
            "What is relayed between local topics and the platform. The first route that matches a topic counts.",
            List.of(TOPIC, QOS, DIRECTION, REMOTE_PREFIX, REMOTE_TOPIC, TYPE, DEVICE, EVENT, FORMAT));

    private final TableReader table;
    private final TopicPattern topic;
    private final RouteConfig.Direction direction;

    private RouteSection(TableReader table) {
        this.table = table;
        this.topic = TopicPattern.compile(table.get(TOPIC));
        this.direction = table.get(DIRECTION);
    }

    /** Looks at a route for which there is no uplink that could be read. */
    static void check(TableReader table) {
        table.refuseOthers(SECTION.keys());
        SECTION.keys().forEach(table::find);
    }

    static RouteConfig read(TableReader table, UplinkConfig.Profile profile, GatewayIdentity gateway) {
        table.refuseOthers(SECTION.keys());
        RouteSection section = new RouteSection(table);
        RouteConfig.Target target = switch (profile) {
            case UplinkConfig.Mqtt _ -> section.mqtt();
            case UplinkConfig.Iot2 _ -> section.iot2(gateway);
        };
        RouteConfig route =
                new RouteConfig(section.topic.toString(), target, Qos.of(table.get(QOS)), section.direction);
        section.tryOut(route, profile);
        return route;
    }

    /** The uplink has the last word on what it can follow. */
    private void tryOut(RouteConfig route, UplinkConfig.Profile profile) {
        if (!table.clean()) {
            return;
        }
        try {
            List<Route> routes = List.of(route.route());
            Object _ = switch (profile) {
                case UplinkConfig.Mqtt _ -> Routes.mqtt(routes);
                case UplinkConfig.Iot2 _ -> Routes.iot2(routes);
            };
        } catch (IllegalArgumentException e) {
            table.error(TOPIC, "cannot be followed", String.valueOf(e.getMessage()));
        }
    }

    private RouteConfig.Target mqtt() {
        table.refuse(
                IOT_2_ONLY,
                "belongs to profile iot-2, and the uplink has profile mqtt",
                "use remote_prefix or remote_topic");
        Optional<String> renamed = table.find(REMOTE_TOPIC);
        if (renamed.isPresent()) {
            table.refuse(List.of(REMOTE_PREFIX), "and remote_topic exclude each other", "keep one of the two");
            checkTemplate(REMOTE_TOPIC, renamed.get(), text -> text.indexOf('+') < 0 && text.indexOf('#') < 0);
            checkReversible(renamed.get());
            return new RouteConfig.Renamed(renamed.get());
        }
        String prefix = table.find(REMOTE_PREFIX).orElse("");
        if (prefix.chars().anyMatch(c -> "+#{}".indexOf(c) >= 0)) {
            table.error(
                    REMOTE_PREFIX, "is " + Node.quoted(prefix), "expected topic levels without wildcards and captures");
        }
        return new RouteConfig.Prefixed(prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/");
    }

    /** What comes down must lead back to one local topic. */
    private void checkReversible(String remote) {
        if (!direction.comesDown() || !table.sound(TOPIC, REMOTE_TOPIC)) {
            return;
        }
        String needed = "messages that come down need every level of the topic in it";
        if (topic.toString().contains("+") || topic.toString().contains("#")) {
            table.error(REMOTE_TOPIC, "does not say what the wildcards of topic stand for", needed);
            return;
        }
        try {
            Collection<String> captures = TopicPattern.compile(remote).captures();
            List<String> lost = topic.captures().stream()
                    .filter(name -> !captures.contains(name))
                    .toList();
            if (!lost.isEmpty()) {
                table.error(REMOTE_TOPIC, "leaves out {" + String.join("}, {", lost) + "}", needed);
            }
        } catch (IllegalArgumentException e) {
            table.error(REMOTE_TOPIC, "is " + Node.quoted(remote) + " (" + e.getMessage() + ")", needed);
        }
    }

    private RouteConfig.Target iot2(GatewayIdentity gateway) {
        table.refuse(
                MQTT_ONLY, "belongs to profile mqtt, and the uplink has profile iot-2", "use type, device and event");
        if (direction != RouteConfig.Direction.OUT) {
            table.error(
                    DIRECTION, "needs profile mqtt", "commands of profile iot-2 reach their device without a route");
        }
        Optional<String> type = templateOrCapture(TYPE);
        Optional<String> device = templateOrCapture(DEVICE);
        if (type.isEmpty() != device.isEmpty() && table.sound(TOPIC, TYPE, DEVICE)) {
            Key<String> absent = type.isEmpty() ? TYPE : DEVICE;
            table.missing(
                    absent,
                    "give both type and device, or neither for an event of the gateway itself; or capture {"
                            + absent.name() + "} in the topic");
        }
        Optional<String> event = templateOrCapture(EVENT);
        if (event.isEmpty() && table.sound(TOPIC, EVENT)) {
            table.missing(EVENT, "name the event, or capture {event} in the topic");
        }
        String format = table.get(FORMAT);
        type.ifPresent(template -> checkTemplate(TYPE, template, IDENTIFIER_PART.asMatchPredicate()));
        device.ifPresent(template -> checkTemplate(DEVICE, template, IDENTIFIER_PART.asMatchPredicate()));
        event.ifPresent(template -> checkTemplate(EVENT, template, LEVEL.asMatchPredicate()));
        checkTemplate(FORMAT, format, LEVEL.asMatchPredicate());
        return new RouteConfig.Platform(
                type.orElse(gateway.typeId()), device.orElse(gateway.deviceId()), event.orElse("event"), format);
    }

    private Optional<String> templateOrCapture(Key<String> key) {
        if (table.has(key)) {
            return table.find(key);
        }
        return topic.captures().contains(key.name()) ? Optional.of("{" + key.name() + "}") : Optional.empty();
    }

    /** @param fits whether the text between the captures may be there. */
    private void checkTemplate(Key<String> key, String template, Predicate<String> fits) {
        if (!table.sound(TOPIC, key)) {
            return;
        }
        Matcher capture = CAPTURE.matcher(template);
        while (capture.find()) {
            String name = capture.group(1);
            if (!topic.captures().contains(name)) {
                table.error(
                        key,
                        "uses {" + name + "}, which the topic " + Node.quoted(topic.toString()) + " does not capture",
                        topic.captures().isEmpty()
                                ? "write {" + name + "} for one of its levels"
                                : Suggestion.didYouMean(name, topic.captures()));
                return;
            }
        }
        try {
            TopicTemplate.compile(template, topic.captures());
        } catch (IllegalArgumentException e) {
            table.error(
                    key,
                    "is " + Node.quoted(template) + " (" + e.getMessage() + ")",
                    key.kind().expected());
            return;
        }
        if (!fits.test(capture.replaceAll(""))) {
            table.error(key, "is " + Node.quoted(template), key.kind().expected());
        }
    }
}
