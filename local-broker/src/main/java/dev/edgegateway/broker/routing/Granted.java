package dev.edgegateway.broker.routing;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;

/**
 * How a subscriber gets a message, after all its subscriptions that matched were put together. Immutable.
 *
 * @param qos the highest level granted.
 * @param retainAsPublished whether any of them wants the publisher's retain flag.
 * @param identifiers of those that have one; shared, read only.
 */
public record Granted(Qos qos, boolean retainAsPublished, int[] identifiers) {
    /** No identifier at all. */
    public static final int[] NO_IDENTIFIERS = {};

    private static final Granted[] PLAIN = {plain(Qos.AT_MOST_ONCE), plain(Qos.AT_LEAST_ONCE), plain(Qos.EXACTLY_ONCE)};

    private static Granted plain(Qos qos) {
        return new Granted(qos, false, NO_IDENTIFIERS);
    }

    /** As MQTT 3.1.1 subscribes. */
    public static Granted of(Qos qos) {
        return PLAIN[qos.level()];
    }

    /** What a single subscription grants. */
    public static Granted of(SubscriptionOptions options) {
        if (options.identifier() == 0 && !options.retainAsPublished()) {
            return of(options.qos());
        }
        int[] ids = options.identifier() == 0 ? NO_IDENTIFIERS : new int[] {options.identifier()};
        return new Granted(options.qos(), options.retainAsPublished(), ids);
    }

    /** Both together: one copy is delivered (MQTT 5.0 section 3.3.4). */
    Granted and(Granted other) {
        int[] ids = new int[identifiers.length + other.identifiers.length];
        System.arraycopy(identifiers, 0, ids, 0, identifiers.length);
        System.arraycopy(other.identifiers, 0, ids, identifiers.length, other.identifiers.length);
        return new Granted(
                qos.compareTo(other.qos) >= 0 ? qos : other.qos, retainAsPublished || other.retainAsPublished, ids);
    }
}
