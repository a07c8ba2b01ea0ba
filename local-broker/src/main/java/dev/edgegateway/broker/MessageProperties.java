package dev.edgegateway.broker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What MQTT 5.0 lets a message carry besides topic and payload, and what travels with it unaltered to every subscriber
 * (section 3.3.2.3). Immutable.
 *
 * @param payloadFormat 0 unspecified bytes, 1 UTF-8; {@link #ABSENT} if the publisher did not say.
 * @param expirySeconds how long the message is of use, 0 to 2^32-1; {@link #ABSENT} for ever.
 * @param expiresAtMillis when that time is over on the broker's {@code Timeline}; 0 until the broker has taken the
 *     message.
 * @param responseTopic where an answer is expected.
 * @param correlationData handed back with the answer; never written again by whoever handed it over.
 * @param userProperties in the publisher's order.
 */
public record MessageProperties(
        int payloadFormat,
        long expirySeconds,
        long expiresAtMillis,
        @Nullable String contentType,
        @Nullable TopicName responseTopic,
        byte @Nullable [] correlationData,
        List<UserProperty> userProperties) {

    /** A number that was not sent. */
    public static final int ABSENT = -1;

    /** No property at all. */
    public static final MessageProperties EMPTY = new MessageProperties(ABSENT, ABSENT, 0, null, null, null, List.of());

    /** One name and value; a name may stand there several times. */
    public record UserProperty(String name, String value) {}

    public MessageProperties {
        userProperties = List.copyOf(userProperties);
    }

    public boolean expires() {
        return expirySeconds != ABSENT;
    }

    /** Whether its time is over. */
    public boolean isExpired(long nowMillis) {
        return expires() && expiresAtMillis != 0 && nowMillis > expiresAtMillis;
    }

    /** Seconds left of its time, which is what a subscriber is told (MQTT 5.0 section 3.3.2.3.3). */
    public long remainingSeconds(long nowMillis) {
        if (expiresAtMillis == 0) {
            return expirySeconds;
        }
        long left = Math.max(0, expiresAtMillis - nowMillis);
        return Math.min(expirySeconds, (left + 999) / 1000);
    }

    /** The same, its time counted from now on. */
    public MessageProperties takenAt(long nowMillis) {
        return expires() ? withExpiresAt(Math.max(1, nowMillis + expirySeconds * 1000)) : this;
    }

    /** The same after a restart: never more time left than there was in the beginning, even if the wall clock fell back. */
    public MessageProperties resumedAt(long nowMillis) {
        return expires() ? withExpiresAt(Math.min(expiresAtMillis, takenAt(nowMillis).expiresAtMillis)) : this;
    }

    /** The same with another end of its time. */
    public MessageProperties withExpiresAt(long millis) {
        return new MessageProperties(
                payloadFormat, expirySeconds, millis, contentType, responseTopic, correlationData, userProperties);
    }

    /** Bytes the texts and binary data count for in every bound. */
    public int size() {
        int size = contentType == null ? 0 : contentType.length();
        size += responseTopic == null ? 0 : responseTopic.value().length();
        size += correlationData == null ? 0 : correlationData.length;
        for (UserProperty property : userProperties) {
            size += property.name().length() + property.value().length();
        }
        return size;
    }
}
