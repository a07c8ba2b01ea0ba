package dev.edgegateway.platform;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What each class of clients may publish and subscribe to, on topics as the client writes them. Immutable. */
record TopicRules(List<TopicRule> publish, List<TopicRule> subscribe) {
    /** The longest topic in bytes, so that it can still take the device's name in (MQTT's limit is 65535). */
    private static final int MAX_BYTES = 65535 - 128;

    private static final TopicRules DEVICE = new TopicRules(
            rules(
                    "iot-2/evt/~/fmt/~",
                    "iotdevice-1/response",
                    "iotdevice-1/notify",
                    "iotdevice-1/device/update/~",
                    "iotdevice-1/add/~/~",
                    "iotdevice-1/clear/~/~",
                    "iotdevice-1/mgmt/~"),
            rules("iot-2/cmd/+/fmt/+", "iotdm-1/**", "iot-2/mon", "iot-2/notify"));

    private static final TopicRules GATEWAY = new TopicRules(
            rules(
                    "iot-2/type/~/id/~/evt/~/fmt/~",
                    "iotdevice-1/type/~/id/~/response",
                    "iotdevice-1/type/~/id/~/notify",
                    "iotdevice-1/type/~/id/~/device/update/~",
                    "iotdevice-1/type/~/id/~/add/~/~",
                    "iotdevice-1/type/~/id/~/clear/~/~",
                    "iotdevice-1/type/~/id/~/mgmt/~"),
            rules(
                    "iot-2/type/+/id/+/cmd/+/fmt/+",
                    "iot-2/type/+/id/+/notify",
                    "iot-2/type/+/id/+/response",
                    "iot-2/type/+/id/+/mon",
                    "iotdm-1/**",
                    "iot-2/mon"));

    private static final TopicRules APPLICATION = new TopicRules(
            rules("iot-2/type/~/id/~/evt/~/fmt/~", "iot-2/type/~/id/~/cmd/~/fmt/~"),
            rules(
                    "iot-2/type/+/id/+/evt/+/fmt/+",
                    "iot-2/type/+/id/+/cmd/+/fmt/+",
                    "iot-2/type/+/id/+/mon",
                    "iot-2/app/+/mon"));

    private static List<TopicRule> rules(String... texts) {
        return Stream.of(texts).map(TopicRule::new).toList();
    }

    static TopicRules of(ClientIdentity identity) {
        return switch (identity) {
            case ClientIdentity.Device device -> DEVICE;
            case ClientIdentity.Gateway gateway -> GATEWAY;
            case ClientIdentity.Application application -> APPLICATION;
        };
    }

    boolean mayPublish(String topic) {
        return matchesOne(publish, topic);
    }

    boolean maySubscribe(String filter) {
        return matchesOne(subscribe, filter);
    }

    private static boolean matchesOne(List<TopicRule> rules, String topic) {
        for (TopicRule rule : rules) {
            if (rule.matches(topic)) {
                return isClean(topic);
            }
        }
        return false;
    }

    private static boolean isClean(String topic) {
        for (int i = 0; i < topic.length(); i++) {
            if (Character.isISOControl(topic.charAt(i))) {
                return false;
            }
        }
        return topic.length() <= MAX_BYTES / 3 || topic.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }
}
