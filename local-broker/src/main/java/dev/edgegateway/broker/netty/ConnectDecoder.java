package dev.edgegateway.broker.netty;

import static dev.edgegateway.broker.session.PacketException.malformed;
import static dev.edgegateway.broker.session.PacketException.protocolError;

import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import dev.edgegateway.broker.session.PacketReceiver;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** CONNECT (MQTT 5.0 section 3.1; 3.1.1 and 3.1 where they differ). */
final class ConnectDecoder {
    private static final int USER_NAME = 0x80;
    private static final int PASSWORD = 0x40;
    private static final int WILL_RETAIN = 0x20;
    private static final int WILL = 0x04;
    private static final int CLEAN = 0x02;
    private static final int RESERVED = 0x01;

    private final PacketBody body;
    private final Properties properties;
    private final String listener;
    private final String remoteAddress;

    ConnectDecoder(PacketBody body, Properties properties, String listener, String remoteAddress) {
        this.body = body;
        this.properties = properties;
        this.listener = listener;
        this.remoteAddress = remoteAddress;
    }

    /** @param begin told the protocol level as soon as it is known. */
    void decode(PacketReceiver receiver, IntConsumer begin) {
        String name = body.string();
        int level = body.u8();
        boolean old = name.equals("MQIsdp");
        if (!old && !name.equals("MQTT")) {
            throw protocolError("a protocol that is not MQTT");
        }
        if (old ? level != 3 : level != 4 && level != 5) {
            receiver.onUnknownVersion(level);
            return;
        }
        begin.accept(level);
        int flags = body.u8();
        check(flags, level);
        int keepAlive = body.u16();
        ConnectProperties said = ConnectProperties.NONE;
        if (level == 5) {
            properties.read(body, Properties.OF_CONNECT);
            said = properties();
        }
        String clientId = body.string();
        Will will = (flags & WILL) == 0 ? null : will(flags, level);
        boolean named = (flags & USER_NAME) != 0 && !leftOut(level);
        String userName = named ? body.string() : null;
        byte[] password = (flags & PASSWORD) != 0 && !leftOut(level) ? body.binary() : null;
        body.finish();
        boolean clean = (flags & CLEAN) != 0;
        receiver.onConnect(new ConnectRequest(
                listener, remoteAddress, clientId, level, clean, keepAlive, userName, password, will, said));
    }

    /** MQTT 3.1 allows what the flags announce to be missing at the end. */
    private boolean leftOut(int level) {
        return level == 3 && body.left() == 0;
    }

    private static void check(int flags, int level) {
        if ((flags & RESERVED) != 0 && level != 3) {
            throw malformed("the reserved connect flag");
        }
        if ((flags >> 3 & 3) == 3) {
            throw malformed("Will QoS 3");
        }
        if ((flags & WILL) == 0 && (flags & (WILL_RETAIN | 0x18)) != 0 && level != 3) {
            throw malformed("Will QoS or retain without a Will");
        }
        if ((flags & PASSWORD) != 0 && (flags & USER_NAME) == 0 && level != 5) {
            throw malformed("a password without a user name");
        }
    }

    private ConnectProperties properties() {
        if (properties.authMethod() == null && properties.has(Properties.AUTH_DATA)) {
            throw protocolError("authentication data without a method");
        }
        ConnectProperties none = ConnectProperties.NONE;
        return new ConnectProperties(
                properties.number(Properties.SESSION_EXPIRY, 0),
                (int) properties.number(Properties.RECEIVE_MAXIMUM, none.receiveMaximum()),
                properties.number(Properties.MAXIMUM_PACKET_SIZE, none.maximumPacketSize()),
                (int) properties.number(Properties.TOPIC_ALIAS_MAXIMUM, 0),
                properties.number(Properties.REQUEST_PROBLEM_INFO, 1) == 1,
                properties.authMethod(),
                properties.userProperties());
    }

    private @Nullable Will will(int flags, int level) {
        MessageProperties carried = MessageProperties.EMPTY;
        long delay = 0;
        if (level == 5) {
            properties.read(body, Properties.OF_WILL);
            carried = properties.message();
            delay = properties.number(Properties.WILL_DELAY, 0);
        }
        TopicName topic;
        try {
            topic = new TopicName(body.string());
        } catch (IllegalArgumentException e) {
            throw malformed("a Will topic that is no topic name");
        }
        byte[] payload = body.binary();
        Message message = new Message(topic, payload, Qos.of(flags >> 3 & 3), (flags & WILL_RETAIN) != 0, carried);
        return new Will(message, delay);
    }
}
