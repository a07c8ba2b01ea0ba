package dev.edgegateway.demo.client;

/**
 * One device in the gateway's network.
 *
 * @param id its device id at the platform, unique in the fleet.
 * @param qos at which it publishes, 0 to 2.
 * @param messagesPerSecond above 0.
 */
public record DeviceSpec(Kind kind, String id, int qos, double messagesPerSecond) {
    /** How a device speaks to the gateway. */
    public enum Kind {
        /** As it would to the platform itself: its software does not know that a gateway is in between. */
        PLATFORM("pump", "flow"),
        /** On topics of its own, which a route of the gateway's configuration maps. */
        PLAIN("climate", "temperature");

        private final String type;
        private final String event;

        Kind(String type, String event) {
            this.type = type;
            this.event = event;
        }

        /** The type id at the platform. */
        public String type() {
            return type;
        }

        public String event() {
            return event;
        }
    }

    /** Whether what it publishes is acknowledged, and so promised to arrive. */
    public boolean guaranteed() {
        return qos > 0;
    }

    public String clientId(String organization) {
        return switch (kind) {
            case PLATFORM -> "d:" + organization + ":" + kind.type() + ":" + id;
            case PLAIN -> id;
        };
    }

    /** What it publishes to. */
    public String topic() {
        return switch (kind) {
            case PLATFORM -> "iot-2/evt/" + kind.event() + "/fmt/json";
            case PLAIN -> "sensors/" + id + "/" + kind.event();
        };
    }

    /** Whether the application can send it commands. */
    public boolean takesCommands() {
        return kind == Kind.PLATFORM;
    }
}
