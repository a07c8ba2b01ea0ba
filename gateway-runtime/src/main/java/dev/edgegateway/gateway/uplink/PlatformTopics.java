package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.util.Optional;

/**
 * Every topic string of the platform's gateway protocol (profile {@code iot-2}), spelled once. Immutable; any thread.
 *
 * <p>A gateway speaks in the long form, which names the device: {@code iot-2/type/{type}/id/{id}/...}. A device speaks
 * of itself in the short form, {@code iot-2/evt/...} and {@code iot-2/cmd/...}; at the gateway only its own LAN devices
 * do so.
 */
public final class PlatformTopics {
    /** The event in which a gateway says whether it is there. A convention of this product, not of the platform. */
    public static final String STATUS_EVENT = "status";

    /** The format id of JSON payloads. */
    public static final String JSON = "json";

    private static final String DEVICE_PREFIX = "iot-2/type/";
    private static final int LEVELS = 9;

    private final DeviceAddress gateway;

    /** The topics of the gateway with this identity. */
    public PlatformTopics(DeviceAddress gateway) {
        this.gateway = gateway;
    }

    /** The client id with which a gateway of an organization connects. */
    public static String gatewayClientId(String organization, DeviceAddress gateway) {
        return "g:" + organization + ":" + gateway.typeId() + ":" + gateway.deviceId();
    }

    /**
     * Where an event of a device is published.
     *
     * @throws IllegalArgumentException if event or format are not one non-empty topic level.
     */
    public static TopicName event(DeviceAddress device, String event, String format) {
        return leaf(device, "evt", event, format);
    }

    /** Where an event of the gateway itself is published. */
    public TopicName ownEvent(String event, String format) {
        return event(gateway, event, format);
    }

    /** Where the gateway says online and offline; also the topic of its Will. */
    public TopicName ownStatus() {
        return ownEvent(STATUS_EVENT, JSON);
    }

    /** Where a command for a device arrives. */
    public static TopicName command(DeviceAddress device, String command, String format) {
        return leaf(device, "cmd", command, format);
    }

    /** Every command the gateway is sent: for itself and for the devices behind it. */
    public static TopicFilter allCommands() {
        return new TopicFilter("iot-2/type/+/id/+/cmd/+/fmt/+");
    }

    /** Every command for one device. */
    public static TopicFilter commandsFor(DeviceAddress device) {
        return new TopicFilter(prefix(device) + "cmd/+/fmt/+");
    }

    /** Every command for the gateway itself. A second subscription beside {@link #allCommands} brings them twice. */
    public TopicFilter ownCommands() {
        return commandsFor(gateway);
    }

    /** Where the platform says what of the gateway's it has ignored; holds no wildcard, so it is filter and topic. */
    public TopicFilter notifications() {
        return new TopicFilter(prefix(gateway) + "notify");
    }

    /** What a device publishes itself, in the short form. */
    public static TopicName deviceEvent(String event, String format) {
        return new TopicName("iot-2/evt/" + level("event", event) + "/fmt/" + level("format", format));
    }

    /** What a device is sent, in the short form. */
    public static TopicName deviceCommand(String command, String format) {
        return new TopicName("iot-2/cmd/" + level("command", command) + "/fmt/" + level("format", format));
    }

    /** What a device subscribes to for all of its commands, in the short form. */
    public static TopicFilter deviceCommands() {
        return new TopicFilter("iot-2/cmd/+/fmt/+");
    }

    /** The start of every topic about a device, with the slash at its end. */
    static String prefix(DeviceAddress device) {
        return DEVICE_PREFIX + device.typeId() + "/id/" + device.deviceId() + "/";
    }

    /** Reads a topic as a command for the gateway or a device behind it; empty if it is not one. */
    public static Optional<Command> parseCommand(String topic) {
        return parse(topic, "cmd").map(leaf -> new Command(leaf.device, leaf.name, leaf.format));
    }

    /** Reads a topic as an event of a device; empty if it is not one the platform would take. */
    public static Optional<Event> parseEvent(String topic) {
        return parse(topic, "evt").map(leaf -> new Event(leaf.device, leaf.name, leaf.format));
    }

    /** Whether the topic is about events of a device, well-formed or not. */
    static boolean claimsToBeEvent(String topic) {
        if (!topic.startsWith(DEVICE_PREFIX)) {
            return false;
        }
        String[] levels = topic.split("/", -1);
        return levels.length > 5 && levels[5].equals("evt");
    }

    /** A command, as its topic says it. */
    public record Command(DeviceAddress device, String command, String format) {}

    /** An event, as its topic says it. */
    public record Event(DeviceAddress device, String event, String format) {}

    private record Leaf(DeviceAddress device, String name, String format) {}

    private static Optional<Leaf> parse(String topic, String kind) {
        if (!topic.startsWith(DEVICE_PREFIX)) {
            return Optional.empty();
        }
        String[] levels = topic.split("/", -1);
        boolean fits = levels.length == LEVELS
                && DeviceAddress.isValidPart(levels[2])
                && levels[3].equals("id")
                && DeviceAddress.isValidPart(levels[4])
                && levels[5].equals(kind)
                && isLevel(levels[6])
                && levels[7].equals("fmt")
                && isLevel(levels[8]);
        return fits
                ? Optional.of(new Leaf(new DeviceAddress(levels[2], levels[4]), levels[6], levels[8]))
                : Optional.empty();
    }

    private static TopicName leaf(DeviceAddress device, String kind, String name, String format) {
        return new TopicName(prefix(device) + kind + "/" + level(kind.equals("evt") ? "event" : "command", name)
                + "/fmt/" + level("format", format));
    }

    private static String level(String what, String text) {
        if (!isLevel(text)) {
            throw new IllegalArgumentException(what + " '" + Excerpt.of(text)
                    + "' is not one topic level: not empty, without / + # and control characters");
        }
        return text;
    }

    /** Whether the platform takes this as an event, command or format id: one level, not empty, no wildcard. */
    static boolean isLevel(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '/' || c == '+' || c == '#') {
                return false;
            }
        }
        return !text.isEmpty() && Publishable.hasOnlySafeCharacters(text);
    }
}
