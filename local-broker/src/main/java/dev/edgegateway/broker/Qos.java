package dev.edgegateway.broker;

/** Quality of service, MQTT 3.1.1 section 4.3. */
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE,
    EXACTLY_ONCE;

    private static final Qos[] LEVELS = values();

    /** The level as it stands in a packet: 0, 1 or 2. */
    public int level() {
        return ordinal();
    }

    /**
     * The level with this number.
     *
     * @throws IllegalArgumentException if it is not 0, 1 or 2.
     */
    public static Qos of(int level) {
        if (level < 0 || level >= LEVELS.length) {
            throw new IllegalArgumentException("QoS " + level + " does not exist");
        }
        return LEVELS[level];
    }

    /** The lower of the two, which is what a subscriber gets (MQTT 3.1.1 section 3.8.4). */
    public Qos min(Qos other) {
        return ordinal() <= other.ordinal() ? this : other;
    }
}
