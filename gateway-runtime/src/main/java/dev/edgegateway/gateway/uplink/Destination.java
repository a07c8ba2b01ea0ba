package dev.edgegateway.gateway.uplink;

/** Where a message with some topic goes. */
public sealed interface Destination {

    /**
     * To this topic on the other side.
     *
     * @param qos 0, 1, 2 or {@link Route#AS_PUBLISHED}.
     */
    record To(String topic, int qos) implements Destination {
        /** The level to travel with. */
        public int qosOr(int published) {
            return qos == Route.AS_PUBLISHED ? published : qos;
        }
    }

    /** Nowhere: no route names the topic, so it concerns this side only. */
    record Stays() implements Destination {}

    /**
     * A route names the topic, but what comes out could never be published on the other side. The message is a drop, to
     * be counted and reported.
     *
     * @param why one clause for log and report.
     */
    record Unroutable(String why) implements Destination {}

    /** See {@link Stays}. */
    Destination STAYS = new Stays();
}
