package dev.edgegateway.broker;

/**
 * How one subscription wants its messages (MQTT 5.0 section 3.8.3.1).
 *
 * @param qos the level granted.
 * @param noLocal whether the client's own messages are kept from it.
 * @param retainAsPublished whether the retain flag is passed on as the publisher set it.
 * @param identifier sent along with each message, 1 to 268,435,455; 0 if there is none.
 */
public record SubscriptionOptions(
        Qos qos, boolean noLocal, boolean retainAsPublished, RetainHandling retainHandling, int identifier) {

    /** Which retained messages SUBSCRIBE brings. */
    public enum RetainHandling {
        ALWAYS,
        IF_NEW,
        NEVER;

        private static final RetainHandling[] VALUES = values();

        /**
         * By its number in the packet.
         *
         * @throws IllegalArgumentException if it is not 0, 1 or 2.
         */
        public static RetainHandling of(int number) {
            if (number < 0 || number >= VALUES.length) {
                throw new IllegalArgumentException("retain handling " + number + " does not exist");
            }
            return VALUES[number];
        }
    }

    /** As MQTT 3.1.1 subscribes. */
    public static SubscriptionOptions of(Qos qos) {
        return new SubscriptionOptions(qos, false, false, RetainHandling.ALWAYS, 0);
    }
}
