package dev.edgegateway.broker.session;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.Admission;
import dev.edgegateway.broker.BrokerSettings.Limits;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Will;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** From CONNECT to CONNACK (MQTT 3.1.1 section 3.1.4, 5.0 sections 3.1.4 and 3.2). */
final class Handshake {
    private final BrokerCore core;
    private final ClientProtocol protocol;
    private final String listener;
    private @Nullable String assignedClientId;

    Handshake(BrokerCore core, ClientProtocol protocol, String listener) {
        this.core = core;
        this.protocol = protocol;
        this.listener = listener;
    }

    /** Looks at what can be told without asking who the client is. @return the request to decide on, null if refused. */
    @Nullable
    ConnectRequest examine(ConnectRequest sent) {
        ConnectRequest request = sent;
        boolean five = sent.protocolLevel() == 5;
        if (sent.properties().authenticationMethod() != null) {
            refuse(sent, ReasonCode.BAD_AUTHENTICATION_METHOD, "no authentication method is known");
            return null;
        }
        Will will = sent.will();
        if (five && will != null && will.message().retain() && !core.settings().keepRetained()) {
            refuse(sent, ReasonCode.RETAIN_NOT_SUPPORTED, "a retained Will where nothing is retained");
            return null;
        }
        if (sent.clientId().isEmpty() && (five || (sent.cleanSession() && sent.protocolLevel() == 4))) {
            assignedClientId = "auto-" + UUID.randomUUID();
            request = sent.withClientId(assignedClientId);
        }
        if (request.clientId().isEmpty() || request.clientId().startsWith("$")) {
            refuse(request, Admission.ReturnCode.IDENTIFIER_REJECTED, "client id '" + request.clientId() + "'");
            return null;
        }
        return request;
    }

    String listener() {
        return listener;
    }

    void decided(ConnectRequest request, Admission admission) {
        switch (admission) {
            case Admission.Refused refused -> refuse(request, refused.returnCode(), refused.why());
            case Admission.Admitted admitted -> admit(request, admitted);
        }
    }

    private void refuse(ConnectRequest request, Admission.ReturnCode code, String why) {
        refuse(request, request.protocolLevel() == 5 ? code.reasonCode() : code.code(), why);
    }

    private void refuse(ConnectRequest request, int code, String why) {
        Logger.debug("Refused {} from {}: {}", request.clientId(), request.remoteAddress(), why);
        protocol.connection().connack(false, code, null);
        core.parts().listener().refused(request, why);
        protocol.over();
    }

    private void admit(ConnectRequest request, Admission.Admitted admitted) {
        ClientInfo info = new ClientInfo(
                request.clientId(),
                request.userName(),
                listener,
                request.remoteAddress(),
                request.protocolLevel(),
                request.cleanSession(),
                admitted.namespace(),
                core.clock().instant(),
                request.certificateName(),
                request.certificateIsUser());
        Will will = request.will();
        if (will != null) {
            Message message = will.message();
            switch (core.parts().authorizer().onPublish(info, message.topic(), message)) {
                case ALLOW -> {
                    Message inner =
                            core.kept(message).withTopic(info.namespace().inward(message.topic()));
                    will = new Will(inner, will.delaySeconds());
                }
                case IGNORE -> will = null;
                case DISCONNECT -> {
                    if (request.protocolLevel() == 5) {
                        refuse(request, ReasonCode.NOT_AUTHORIZED, "the Will's topic is not allowed");
                    } else {
                        core.parts().listener().refused(request, "the Will's topic is not allowed");
                        protocol.over();
                    }
                    return;
                }
            }
        }
        open(request, info, will);
    }

    private void open(ConnectRequest request, ClientInfo info, @Nullable Will will) {
        Session old = core.sessions().find(request.clientId());
        if (old == null && !core.sessions().hasRoom()) {
            refuse(request, Admission.ReturnCode.SERVER_UNAVAILABLE, "no room for another session");
            return;
        }
        if (old != null && old.connected()) {
            requireNonNull(old.owner()).end(DisconnectReason.TAKEN_OVER);
            old = core.sessions().find(request.clientId());
        }
        boolean resumed = old != null && !request.cleanSession();
        if (old != null && !resumed) {
            core.endSession(old);
        }
        long expiry = expiry(request);
        Session mine = resumed ? requireNonNull(old) : core.sessions().create(request.clientId(), expiry > 0);
        int keepAlive = keepAlive(request);
        protocol.admitted(info, mine, keepAlive);
        protocol.connection().connack(resumed, 0, terms(request, expiry, keepAlive));
        mine.attach(protocol, expiry, request.properties().receiveMaximum(), will);
        core.parts().listener().connected(info);
        mine.outbox().resume();
    }

    private long expiry(ConnectRequest request) {
        if (request.protocolLevel() != 5) {
            return request.cleanSession() ? 0 : ConnectProperties.FOREVER;
        }
        return Math.min(
                request.properties().sessionExpirySeconds(),
                core.settings().limits().maxSessionExpirySeconds());
    }

    private int keepAlive(ConnectRequest request) {
        int asked = request.keepAliveSeconds();
        int max = core.settings().limits().maxKeepAliveSeconds();
        boolean tooLong = max > 0 && (asked == 0 || asked > max);
        return request.protocolLevel() == 5 && tooLong ? max : asked;
    }

    private Connection.Terms terms(ConnectRequest request, long expiry, int keepAlive) {
        Limits limits = core.settings().limits();
        return new Connection.Terms(
                expiry == request.properties().sessionExpirySeconds() ? null : expiry,
                limits.receiveMaximum(),
                core.settings().keepRetained(),
                core.settings().maxPacketBytes(),
                assignedClientId,
                limits.topicAliasMaximum(),
                keepAlive == request.keepAliveSeconds() ? null : keepAlive);
    }
}
