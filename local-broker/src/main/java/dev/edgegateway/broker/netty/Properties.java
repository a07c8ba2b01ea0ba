package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.MessageProperties.UserProperty;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.session.PacketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one packet (MQTT 5.0 section 2.2.2). Each kind of packet has its own set of allowed ones; each but
 * the user property may come once. Used anew for each packet.
 */
final class Properties {
    static final int PAYLOAD_FORMAT = 0x01;
    static final int MESSAGE_EXPIRY = 0x02;
    static final int CONTENT_TYPE = 0x03;
    static final int RESPONSE_TOPIC = 0x08;
    static final int CORRELATION_DATA = 0x09;
    static final int SUBSCRIPTION_ID = 0x0B;
    static final int SESSION_EXPIRY = 0x11;
    static final int ASSIGNED_CLIENT_ID = 0x12;
    static final int SERVER_KEEP_ALIVE = 0x13;
    static final int AUTH_METHOD = 0x15;
    static final int AUTH_DATA = 0x16;
    static final int REQUEST_PROBLEM_INFO = 0x17;
    static final int WILL_DELAY = 0x18;
    static final int REQUEST_RESPONSE_INFO = 0x19;
    static final int REASON_STRING = 0x1F;
    static final int RECEIVE_MAXIMUM = 0x21;
    static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    static final int TOPIC_ALIAS = 0x23;
    static final int RETAIN_AVAILABLE = 0x25;
    static final int USER_PROPERTY = 0x26;
    static final int MAXIMUM_PACKET_SIZE = 0x27;

    static final long OF_CONNECT = bits(
            SESSION_EXPIRY,
            AUTH_METHOD,
            AUTH_DATA,
            REQUEST_PROBLEM_INFO,
            REQUEST_RESPONSE_INFO,
            RECEIVE_MAXIMUM,
            TOPIC_ALIAS_MAXIMUM,
            USER_PROPERTY,
            MAXIMUM_PACKET_SIZE);
    private static final long OF_ANY_MESSAGE =
            bits(PAYLOAD_FORMAT, MESSAGE_EXPIRY, CONTENT_TYPE, RESPONSE_TOPIC, CORRELATION_DATA, USER_PROPERTY);
    static final long OF_WILL = OF_ANY_MESSAGE | bits(WILL_DELAY);
    static final long OF_PUBLISH = OF_ANY_MESSAGE | bits(TOPIC_ALIAS);
    static final long OF_ACK = bits(REASON_STRING, USER_PROPERTY);
    static final long OF_SUBSCRIBE = bits(SUBSCRIPTION_ID, USER_PROPERTY);
    static final long OF_UNSUBSCRIBE = bits(USER_PROPERTY);
    static final long OF_DISCONNECT = bits(SESSION_EXPIRY, REASON_STRING, USER_PROPERTY);
    static final long OF_AUTH = bits(AUTH_METHOD, AUTH_DATA, REASON_STRING, USER_PROPERTY);

    private static final long NUMBERS_U32 = bits(MESSAGE_EXPIRY, SESSION_EXPIRY, WILL_DELAY, MAXIMUM_PACKET_SIZE);

    private static final long NUMBERS_U16 = bits(RECEIVE_MAXIMUM, TOPIC_ALIAS_MAXIMUM, TOPIC_ALIAS);
    private static final long FLAGS = bits(PAYLOAD_FORMAT, REQUEST_PROBLEM_INFO, REQUEST_RESPONSE_INFO);
    private static final long NOT_ZERO = bits(RECEIVE_MAXIMUM, MAXIMUM_PACKET_SIZE, SUBSCRIPTION_ID);
    private static final int LAST_ID = 0x2A;

    private final long[] numbers = new long[LAST_ID + 1];
    private final List<UserProperty> userProperties = new ArrayList<>(0);
    private long seen;
    private @Nullable String contentType;
    private @Nullable String responseTopic;
    private @Nullable String authMethod;
    private byte @Nullable [] correlationData;

    private static long bits(int... ids) {
        long bits = 0;
        for (int id : ids) {
            bits |= 1L << id;
        }
        return bits;
    }

    /** Reads the list with its length in front. @param allowed one of the {@code OF_} sets. */
    void read(PacketBody body, long allowed) {
        clear();
        int length = body.varint();
        int after = body.left() - length;
        if (after < 0) {
            throw PacketException.malformed("properties longer than the packet");
        }
        while (body.left() > after) {
            one(body, allowed);
        }
        if (body.left() < after) {
            throw PacketException.malformed("a property longer than the properties");
        }
    }

    private void one(PacketBody body, long allowed) {
        int id = body.varint();
        if (id > LAST_ID || (allowed & 1L << id) == 0) {
            throw PacketException.malformed("property " + id + " does not belong into this packet");
        }
        if (id == USER_PROPERTY) {
            userProperties.add(new UserProperty(body.string(), body.string()));
            return;
        }
        if (has(id)) {
            throw PacketException.protocolError("property " + id + " twice");
        }
        seen |= 1L << id;
        long bit = 1L << id;
        if ((bit & (NUMBERS_U32 | NUMBERS_U16 | FLAGS)) != 0 || id == SUBSCRIPTION_ID) {
            numbers[id] = number(body, id, bit);
            return;
        }
        switch (id) {
            case CONTENT_TYPE -> contentType = body.string();
            case RESPONSE_TOPIC -> responseTopic = body.string();
            case CORRELATION_DATA -> correlationData = body.binary();
            case AUTH_METHOD -> authMethod = body.string();
            case AUTH_DATA -> body.binary();
            default -> body.string();
        }
    }

    private static long number(PacketBody body, int id, long bit) {
        long value;
        if ((bit & NUMBERS_U32) != 0) {
            value = body.u32();
        } else if ((bit & NUMBERS_U16) != 0) {
            value = body.u16();
        } else if ((bit & FLAGS) != 0) {
            value = body.u8();
            if (value > 1) {
                throw PacketException.protocolError("property " + id + " is neither 0 nor 1");
            }
        } else {
            value = body.varint();
        }
        if (value == 0 && (bit & NOT_ZERO) != 0) {
            throw PacketException.protocolError("property " + id + " is 0");
        }
        return value;
    }

    private void clear() {
        seen = 0;
        contentType = null;
        responseTopic = null;
        correlationData = null;
        authMethod = null;
        userProperties.clear();
    }

    boolean has(int id) {
        return (seen & 1L << id) != 0;
    }

    /** The number, or what holds if it was not sent. */
    long number(int id, long otherwise) {
        return has(id) ? numbers[id] : otherwise;
    }

    @Nullable
    String authMethod() {
        return authMethod;
    }

    List<UserProperty> userProperties() {
        return userProperties;
    }

    /** What travels with a message or a Will. */
    MessageProperties message() {
        String response = responseTopic;
        if ((seen & OF_ANY_MESSAGE) == 0 && userProperties.isEmpty()) {
            return MessageProperties.EMPTY;
        }
        return new MessageProperties(
                (int) number(PAYLOAD_FORMAT, MessageProperties.ABSENT),
                number(MESSAGE_EXPIRY, MessageProperties.ABSENT),
                0,
                contentType,
                response == null ? null : topic(response),
                correlationData,
                userProperties);
    }

    private static TopicName topic(String response) {
        try {
            return new TopicName(response);
        } catch (IllegalArgumentException e) {
            throw PacketException.protocolError("a response topic that is no topic name");
        }
    }
}
