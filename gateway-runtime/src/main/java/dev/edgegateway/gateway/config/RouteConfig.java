package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.Qos;

/**
 * Which local messages go up, or remote ones come down, and under which name.
 *
 * @param topic the local side.
 * @param qos how the message travels between gateway and platform.
 * @param direction never anything but {@link Direction#OUT} for {@link Platform}.
 */
public record RouteConfig(TopicPattern topic, Target target, Qos qos, Direction direction) {

    /** Which way messages take. */
    public enum Direction {
        /** Up. */
        OUT,
        /** Down. */
        IN,
        BOTH;

        public boolean goesUp() {
            return this != IN;
        }

        public boolean comesDown() {
            return this != OUT;
        }
    }

    /** The remote side. */
    public sealed interface Target {}

    /**
     * The same topic with something before it.
     *
     * @param prefix empty, or topic levels with a slash at the end.
     */
    public record Prefixed(String prefix) implements Target {
        /** The remote topic of a local one. */
        public String remote(String local) {
            return prefix + local;
        }

        /** The local topic of a remote one that starts with the prefix. */
        public String local(String remote) {
            return remote.substring(prefix.length());
        }
    }

    /**
     * Another topic, made of the captures.
     *
     * @param topic where messages come down it holds every capture of the local side as a whole level, and {@link
     *     TopicPattern#parse} reads it.
     */
    public record Renamed(Template topic) implements Target {}

    /**
     * An event at the platform, profile iot-2. A template may be plain text; what a capture brings in is only as good as
     * the topic the message was published to.
     */
    public record Platform(Template type, Template device, Template event, Template format) implements Target {}
}
