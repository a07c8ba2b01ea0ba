package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.session.ClientProtocol.Requested;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectPayload;
import io.netty.handler.codec.mqtt.MqttConnectVariableHeader;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Turns Netty's packets into the protocol's calls. What the codec lets through and MQTT does not is stopped here. */
final class MqttHandler extends ChannelInboundHandlerAdapter {
    private final NettyConnection connection;
    private final ClientProtocol protocol;
    private final String listener;

    MqttHandler(NettyConnection connection, ClientProtocol protocol, String listener) {
        this.connection = connection;
        this.protocol = protocol;
        this.listener = listener;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object packet) {
        try {
            if (packet instanceof MqttMessage message) {
                protocol.heard();
                if (message.decoderResult().isFailure()) {
                    undecodable(message.decoderResult().cause());
                } else {
                    handle(context, message);
                }
            }
        } catch (IllegalArgumentException malformed) {
            Logger.debug("Malformed packet from {}: {}", context.channel().remoteAddress(), malformed.getMessage());
            protocol.end(DisconnectReason.MALFORMED_PACKET);
        } finally {
            ReferenceCountUtil.release(packet);
        }
    }

    private void undecodable(Throwable cause) {
        if (cause instanceof MqttUnacceptableProtocolVersionException) {
            connection.connack(false, Admission.ReturnCode.UNACCEPTABLE_PROTOCOL_VERSION.code());
        } else if (cause instanceof MqttIdentifierRejectedException) {
            connection.connack(false, Admission.ReturnCode.IDENTIFIER_REJECTED.code());
        }
        protocol.end(
                cause instanceof TooLongFrameException
                        ? DisconnectReason.PACKET_TOO_LARGE
                        : DisconnectReason.MALFORMED_PACKET);
    }

    private void handle(ChannelHandlerContext context, MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> publish((MqttPublishMessage) message);
            case PUBACK -> protocol.onPuback(packetId(message));
            case PUBREC -> protocol.onPubrec(packetId(message));
            case PUBREL -> protocol.onPubrel(packetId(message));
            case PUBCOMP -> protocol.onPubcomp(packetId(message));
            case SUBSCRIBE -> subscribe((MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> unsubscribe((MqttUnsubscribeMessage) message);
            case PINGREQ -> protocol.onPingreq();
            case CONNECT -> connect(context, (MqttConnectMessage) message);
            case DISCONNECT -> protocol.onDisconnect();
            case CONNACK, SUBACK, UNSUBACK, PINGRESP, AUTH -> protocol.end(DisconnectReason.PROTOCOL_ERROR);
        }
    }

    private void publish(MqttPublishMessage packet) {
        boolean dup = packet.fixedHeader().isDup();
        Qos qos = Qos.of(packet.fixedHeader().qosLevel().value());
        if (qos == Qos.AT_MOST_ONCE && dup) {
            throw new IllegalArgumentException("DUP at QoS 0");
        }
        int packetId =
                qos == Qos.AT_MOST_ONCE ? 0 : valid(packet.variableHeader().packetId());
        TopicName topic = new TopicName(packet.variableHeader().topicName());
        byte[] payload = ByteBufUtil.getBytes(packet.payload());
        protocol.onPublish(new Message(topic, payload, qos, packet.fixedHeader().isRetain()), dup, packetId);
    }

    private void subscribe(MqttSubscribeMessage packet) {
        List<Requested> requested = new ArrayList<>();
        for (MqttTopicSubscription subscription : packet.payload().topicSubscriptions()) {
            requested.add(new Requested(
                    new TopicFilter(subscription.topicFilter()),
                    Qos.of(subscription.qualityOfService().value())));
        }
        if (requested.isEmpty()) {
            throw new IllegalArgumentException("SUBSCRIBE without a filter");
        }
        protocol.onSubscribe(valid(packet.variableHeader().messageId()), requested);
    }

    private void unsubscribe(MqttUnsubscribeMessage packet) {
        List<TopicFilter> filters =
                packet.payload().topics().stream().map(TopicFilter::new).toList();
        if (filters.isEmpty()) {
            throw new IllegalArgumentException("UNSUBSCRIBE without a filter");
        }
        protocol.onUnsubscribe(valid(packet.variableHeader().messageId()), filters);
    }

    private void connect(ChannelHandlerContext context, MqttConnectMessage packet) {
        MqttConnectVariableHeader header = packet.variableHeader();
        MqttConnectPayload payload = packet.payload();
        if (header.version() != 3 && header.version() != 4) {
            connection.connack(false, Admission.ReturnCode.UNACCEPTABLE_PROTOCOL_VERSION.code());
            protocol.end(DisconnectReason.PROTOCOL_ERROR);
            return;
        }
        String clientId = payload.clientIdentifier();
        if (clientId.isEmpty() && header.isCleanSession()) {
            clientId = "auto-" + UUID.randomUUID();
        }
        protocol.onConnect(new ConnectRequest(
                listener,
                String.valueOf(context.channel().remoteAddress()),
                clientId,
                header.version(),
                header.isCleanSession(),
                header.keepAliveTimeSeconds(),
                header.hasUserName() ? payload.userName() : null,
                header.hasPassword() ? payload.passwordInBytes() : null,
                will(header, payload)));
    }

    private static @Nullable Will will(MqttConnectVariableHeader header, MqttConnectPayload payload) {
        if (!header.isWillFlag()) {
            if (header.willQos() != 0 || header.isWillRetain()) {
                throw new IllegalArgumentException("Will QoS or retain without a Will");
            }
            return null;
        }
        byte[] bytes = payload.willMessageInBytes();
        return new Will(new Message(
                new TopicName(payload.willTopic()),
                bytes == null ? new byte[0] : bytes,
                Qos.of(header.willQos()),
                header.isWillRetain()));
    }

    private static int packetId(MqttMessage message) {
        return valid(((MqttMessageIdVariableHeader) message.variableHeader()).messageId());
    }

    private static int valid(int packetId) {
        if (packetId < 1 || packetId > 65535) {
            throw new IllegalArgumentException("packet id " + packetId);
        }
        return packetId;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            protocol.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        protocol.end(DisconnectReason.CONNECTION_LOST);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            protocol.end(DisconnectReason.CONNECTION_LOST);
        } else if (cause instanceof DecoderException) {
            protocol.end(DisconnectReason.MALFORMED_PACKET);
        } else {
            Logger.error(
                    cause,
                    "Packet from {} could not be handled",
                    context.channel().remoteAddress());
            protocol.end(DisconnectReason.CLOSED_BY_SERVER);
        }
    }

    /** Counts what comes in, before it is decoded. */
    static final class ByteCounter extends ChannelInboundHandlerAdapter {
        private final NettyConnection connection;

        ByteCounter(NettyConnection connection) {
            this.connection = connection;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (bytes instanceof ByteBuf buffer) {
                connection.read(buffer.readableBytes());
            }
            context.fireChannelRead(bytes);
        }
    }
}
