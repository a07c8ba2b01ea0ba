package dev.edgegateway.broker.netty;

import static dev.edgegateway.broker.session.PacketException.malformed;
import static dev.edgegateway.broker.session.PacketException.protocolError;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.session.PacketException;
import dev.edgegateway.broker.session.PacketReceiver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Takes MQTT 3.1, 3.1.1 and 5.0 packets from a buffer and hands them to their receiver, and nothing that those texts do
 * not allow. Knows no sockets: what it remembers of a connection is the protocol level and the topic aliases. Thread:
 * {@code broker}.
 */
final class PacketDecoder {
    private static final int CONNECT = 1;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int SUBSCRIBE = 8;
    private static final int UNSUBSCRIBE = 10;
    private static final int PINGREQ = 12;
    private static final int DISCONNECT = 14;
    private static final int AUTH = 15;

    private static final byte[] NO_PAYLOAD = {};

    private final BrokerSettings settings;
    private final TopicCache topics;
    private final PacketBody body;
    private final Properties properties;
    private final ConnectDecoder connects;
    private final FilterDecoder filters;
    private @Nullable TopicName @Nullable [] aliases;

    /** 3, 4 or 5; 0 before CONNECT. */
    private int level;

    PacketDecoder(BrokerSettings settings, Workbench shared, String listener, String remoteAddress) {
        this.settings = settings;
        this.topics = shared.topics;
        this.body = shared.body;
        this.properties = shared.properties;
        this.filters = new FilterDecoder(body, properties);
        this.connects = new ConnectDecoder(body, properties, listener, remoteAddress);
    }

    /** What decoders of one thread share, because each packet is read to its end before the next is begun. */
    static final class Workbench {
        private final TopicCache topics = new TopicCache();
        private final PacketBody body = new PacketBody(Unpooled.EMPTY_BUFFER);
        private final Properties properties = new Properties();
    }

    /** What the CONNECT said: 3, 4 or 5; 0 before one was read. */
    int level() {
        return level;
    }

    /**
     * Takes one packet.
     *
     * @return false, with nothing taken, if the packet is not complete yet.
     * @throws PacketException if MQTT does not allow the packet.
     */
    boolean decode(ByteBuf in, PacketReceiver receiver) {
        int start = in.readerIndex();
        int available = in.readableBytes();
        if (available < 2) {
            if (available == 1) {
                check(in.getUnsignedByte(start));
            }
            return false;
        }
        int header = in.getUnsignedByte(start);
        check(header);
        int length = 0;
        int lengthBytes = 0;
        int digit;
        do {
            if (lengthBytes == 4) {
                throw malformed("a remaining length of more than four bytes");
            }
            if (available < 2 + lengthBytes) {
                return false;
            }
            digit = in.getUnsignedByte(start + 1 + lengthBytes);
            length |= (digit & 127) << 7 * lengthBytes;
            lengthBytes++;
        } while (digit > 127);
        // MQTT 3.1.1 does not ask for the shortest form.
        if (digit == 0 && lengthBytes > 1 && level == 5) {
            throw malformed("a remaining length written longer than it needs");
        }
        if (1 + lengthBytes + length > settings.maxPacketBytes()) {
            throw new PacketException(
                    DisconnectReason.PACKET_TOO_LARGE,
                    "a packet of " + (1 + lengthBytes + length) + " bytes, at most " + settings.maxPacketBytes()
                            + " are taken");
        }
        if (available < 1 + lengthBytes + length) {
            return false;
        }
        in.skipBytes(1 + lengthBytes);
        body.begin(in, length);
        packet(header, receiver);
        return true;
    }

    /** Type and reserved bits of the first byte, before anything else is waited for. */
    private void check(int header) {
        int type = header >> 4;
        int flags = header & 15;
        if (level == 0 && type != CONNECT) {
            throw protocolError("the first packet is not CONNECT");
        }
        switch (type) {
            case PUBLISH -> {
                if ((flags & 6) == 6) {
                    throw malformed("QoS 3");
                }
                if ((flags & 14) == 8) {
                    throw malformed("DUP at QoS 0");
                }
            }
            case PUBREL, SUBSCRIBE, UNSUBSCRIBE -> {
                // MQTT 3.1 sets DUP on what it sends again.
                if ((level == 3 ? flags & 7 : flags) != 2) {
                    throw malformed("reserved flags");
                }
            }
            case CONNECT, PUBACK, PUBREC, PUBCOMP, PINGREQ, DISCONNECT -> {
                if (flags != 0 && level != 3) {
                    throw malformed("reserved flags");
                }
            }
            case AUTH -> {
                if (flags != 0 || level != 5) {
                    throw malformed("packet type 15");
                }
            }
            default -> throw protocolError("packet type " + type + " from a client");
        }
    }

    private void packet(int header, PacketReceiver receiver) {
        switch (header >> 4) {
            case PUBLISH -> publish(header, receiver);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> acknowledgement(header >> 4, receiver);
            case SUBSCRIBE -> filters.subscribe(level, receiver);
            case UNSUBSCRIBE -> filters.unsubscribe(level, receiver);
            case PINGREQ -> {
                body.finish();
                receiver.onPingreq();
            }
            case DISCONNECT -> disconnect(receiver);
            case AUTH -> auth(receiver);
            default -> {
                if (level != 0) {
                    throw protocolError("a second CONNECT");
                }
                connects.decode(receiver, this::begin);
            }
        }
    }

    private void begin(int protocolLevel) {
        level = protocolLevel;
    }

    // ---- PUBLISH

    private void publish(int header, PacketReceiver receiver) {
        Qos qos = Qos.of(header >> 1 & 3);
        int topicBytes = body.stringBytes();
        TopicName topic = topicBytes == 0 ? null : topic(topicBytes);
        int packetId = qos == Qos.AT_MOST_ONCE ? 0 : body.packetId();
        MessageProperties carried = MessageProperties.EMPTY;
        if (level == 5) {
            properties.read(body, Properties.OF_PUBLISH);
            carried = properties.message();
            topic = aliased(topic);
        } else if (topic == null) {
            throw malformed("an empty topic name");
        }
        byte[] payload = body.left() == 0 ? NO_PAYLOAD : body.rest();
        receiver.onPublish(new Message(topic, payload, qos, (header & 1) != 0, carried), (header & 8) != 0, packetId);
    }

    private TopicName topic(int bytes) {
        TopicName known = topics.find(body.scratch(), bytes);
        if (known != null) {
            return known;
        }
        String text = body.text(bytes);
        TopicName topic;
        try {
            topic = new TopicName(text);
        } catch (IllegalArgumentException e) {
            throw new PacketException(DisconnectReason.INVALID_TOPIC, "a wildcard in a topic name");
        }
        if (text.chars().filter(c -> c == '/').count() >= settings.limits().maxTopicLevels()) {
            throw new PacketException(
                    DisconnectReason.INVALID_TOPIC,
                    "a topic of more than " + settings.limits().maxTopicLevels() + " levels");
        }
        topics.put(body.scratch(), bytes, topic);
        return topic;
    }

    private TopicName aliased(@Nullable TopicName topic) {
        if (!properties.has(Properties.TOPIC_ALIAS)) {
            if (topic == null) {
                throw protocolError("neither topic name nor alias");
            }
            return topic;
        }
        int alias = (int) properties.number(Properties.TOPIC_ALIAS, 0);
        int max = settings.limits().topicAliasMaximum();
        if (alias == 0 || alias > max) {
            throw new PacketException(DisconnectReason.TOPIC_ALIAS_INVALID, "topic alias " + alias + " of " + max);
        }
        @Nullable TopicName[] known = aliases;
        if (known == null) {
            known = new @Nullable TopicName[max + 1];
            aliases = known;
        }
        if (topic != null) {
            known[alias] = topic;
            return topic;
        }
        TopicName meant = known[alias];
        if (meant == null) {
            throw protocolError("topic alias " + alias + " stands for nothing yet");
        }
        return meant;
    }

    // ---- the small ones

    private void acknowledgement(int type, PacketReceiver receiver) {
        int id = body.packetId();
        int reason = level == 5 && body.left() > 0 ? body.u8() : 0;
        if (level == 5 && body.left() > 0) {
            properties.read(body, Properties.OF_ACK);
        }
        body.finish();
        ReasonCodes.check(type, reason);
        switch (type) {
            case PUBACK -> receiver.onPuback(id, reason);
            case PUBREC -> receiver.onPubrec(id, reason);
            case PUBREL -> receiver.onPubrel(id, reason);
            default -> receiver.onPubcomp(id, reason);
        }
    }

    private void disconnect(PacketReceiver receiver) {
        int reason = 0;
        long expiry = MessageProperties.ABSENT;
        if (level == 5 && body.left() > 0) {
            reason = body.u8();
            if (body.left() > 0) {
                properties.read(body, Properties.OF_DISCONNECT);
                expiry = properties.number(Properties.SESSION_EXPIRY, MessageProperties.ABSENT);
            }
        }
        body.finish();
        ReasonCodes.check(DISCONNECT, reason);
        receiver.onDisconnect(reason, expiry);
    }

    private void auth(PacketReceiver receiver) {
        if (body.left() > 0) {
            ReasonCodes.check(AUTH, body.u8());
            if (body.left() > 0) {
                properties.read(body, Properties.OF_AUTH);
            }
        }
        body.finish();
        receiver.onAuth();
    }
}
