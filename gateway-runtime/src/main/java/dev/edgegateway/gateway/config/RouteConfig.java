package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.gateway.uplink.Route;

/**
 * Which local messages go up, or remote ones come down, and under which name.
 *
 * @param topic the local side: a topic filter, in which {@code {name}} captures a level.
 * @param qos how the message travels between gateway and platform.
 * @param direction never anything but {@link Direction#OUT} for {@link Platform}.
 */
public record RouteConfig(String topic, Target target, Qos qos, Direction direction) {

    /** Which way messages take. */
    public enum Direction {
        /** Up. */
        OUT,
        /** Down. */
        IN,
        BOTH;

        boolean goesUp() {
            return this != IN;
        }

        boolean comesDown() {
            return this != OUT;
        }
    }

    /** The remote side; its texts are templates, in which {@code {name}} stands for what was captured. */
    public sealed interface Target {}

    /**
     * The same topic with something before it.
     *
     * @param prefix empty, or topic levels with a slash at the end; no template.
     */
    public record Prefixed(String prefix) implements Target {}

    /** Another topic. */
    public record Renamed(String topic) implements Target {}

    /** An event at the platform, profile iot-2. */
    public record Platform(String type, String device, String event, String format) implements Target {}

    /** The same in the words of the uplink. */
    public Route route() {
        Route.Target remote = switch (target) {
            case Prefixed(String prefix) -> new Route.SameTopic(prefix);
            case Renamed(String template) -> new Route.RemoteTopic(template);
            case Platform(String type, String device, String event, String format) ->
                new Route.DeviceEvent(type, device, event, format);
        };
        Route.Direction way = switch (direction) {
            case OUT -> Route.Direction.UP;
            case IN -> Route.Direction.DOWN;
            case BOTH -> Route.Direction.BOTH;
        };
        return new Route(topic, remote, way, qos.level());
    }
}
