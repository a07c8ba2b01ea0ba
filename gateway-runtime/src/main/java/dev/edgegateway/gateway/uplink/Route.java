package dev.edgegateway.gateway.uplink;

/**
 * One rule that ties a local topic to an uplink, as the configuration states it; {@link Routes} compiles and checks it.
 *
 * @param topic the local side: a topic filter in which single levels may be captures, {@code sensors/{device}/{event}}.
 * @param target the remote side.
 * @param direction which way messages travel.
 * @param qos 0, 1 or 2 for the way upstream, or {@link #AS_PUBLISHED}.
 */
public record Route(String topic, Target target, Direction direction, int qos) {
    /** A message travels with the level it was published with. */
    public static final int AS_PUBLISHED = -1;

    public Route {
        if (qos < AS_PUBLISHED || qos > 2) {
            throw new IllegalArgumentException("QoS " + qos + " does not exist");
        }
    }

    /** A route upwards. */
    public static Route up(String topic, Target target, int qos) {
        return new Route(topic, target, Direction.UP, qos);
    }

    /** Which way messages travel. */
    public enum Direction {
        UP,
        DOWN,
        BOTH;

        boolean goesUp() {
            return this != DOWN;
        }

        boolean goesDown() {
            return this != UP;
        }
    }

    /** The remote side of a route. */
    public sealed interface Target {}

    /**
     * An event of a device at the platform; each part is a {@linkplain TopicTemplate template}. Profile {@code iot-2}.
     */
    public record DeviceEvent(String typeId, String deviceId, String event, String format) implements Target {}

    /**
     * The same topic as here, behind a prefix. Profile {@code mqtt}.
     *
     * @param prefix empty, or whole levels with the slash at their end.
     */
    public record SameTopic(String prefix) implements Target {}

    /** A topic made from the captures. Profile {@code mqtt}. */
    public record RemoteTopic(String template) implements Target {}
}
