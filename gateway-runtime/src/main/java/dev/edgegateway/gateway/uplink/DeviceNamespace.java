package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;

/**
 * How the topics of one platform-style device read inside the local broker: its {@code iot-2/evt/...} is everyone else's
 * {@code iot-2/type/{type}/id/{id}/evt/...}. The same holds for the roots of device management. All other topics are
 * shared with every client and stay as they are. Immutable; any thread.
 *
 * <p>The whole of a root is moved, whatever follows, so nothing a device says under it can be taken for another
 * device's, and going in and out again gives the topic back.
 *
 * <p>A topic that is too long once moved (65535 bytes, the protocol's limit) is an {@link IllegalArgumentException}.
 */
public final class DeviceNamespace implements Namespace {
    private static final String[] ROOTS = {"iot-2", "iotdevice-1", "iotdm-1"};

    private final DeviceAddress device;
    /** What stands in place of each root, without a slash at its end. */
    private final String[] moved = new String[ROOTS.length];

    public DeviceNamespace(DeviceAddress device) {
        this.device = device;
        for (int i = 0; i < ROOTS.length; i++) {
            moved[i] = ROOTS[i] + "/type/" + device.typeId() + "/id/" + device.deviceId();
        }
    }

    /** Whose topics these are. */
    public DeviceAddress device() {
        return device;
    }

    /** Whether a device means its own by this topic or filter. Allocates nothing. */
    public static boolean isOwn(String sent) {
        return startingWith(ROOTS, sent) >= 0;
    }

    @Override
    public TopicName inward(TopicName sent) {
        int root = startingWith(ROOTS, sent.value());
        return root < 0 ? sent : new TopicName(replace(sent.value(), ROOTS[root], moved[root]));
    }

    @Override
    public TopicFilter inward(TopicFilter sent) {
        int root = startingWith(ROOTS, sent.value());
        return root < 0 ? sent : new TopicFilter(replace(sent.value(), ROOTS[root], moved[root]));
    }

    @Override
    public TopicName outward(TopicName inner) {
        int root = startingWith(moved, inner.value());
        return root < 0 ? inner : new TopicName(replace(inner.value(), moved[root], ROOTS[root]));
    }

    private static String replace(String topic, String start, String other) {
        return other.concat(topic.substring(start.length()));
    }

    /** Which of these the topic starts with, as whole levels; -1 for none. */
    private static int startingWith(String[] starts, String topic) {
        for (int i = 0; i < starts.length; i++) {
            String start = starts[i];
            if (topic.startsWith(start) && (topic.length() == start.length() || topic.charAt(start.length()) == '/')) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public String toString() {
        return "device " + device;
    }
}
