package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** What the platform says of a client that connects, leaves or is turned away: its field names, as JSON. */
record MonitoringMessage(Map<String, Object> fields) {
    /** A user name that stands for "the password is a token" and tells nothing. */
    private static final String TOKEN_USER = "use-token-auth";

    static MonitoringMessage connect(ClientInfo client, int port, Instant at) {
        return new MonitoringMessage(client("Connect", client, port, at));
    }

    static MonitoringMessage disconnect(
            ClientInfo client, int port, Instant at, DisconnectReason reason, Traffic traffic) {
        Map<String, Object> fields = client("Disconnect", client, port, at);
        closed(fields, reason);
        fields.put("ReadBytes", traffic.readBytes());
        fields.put("ReadMsg", traffic.readMessages());
        fields.put("WriteBytes", traffic.writtenBytes());
        fields.put("WriteMsg", traffic.writtenMessages());
        return new MonitoringMessage(fields);
    }

    static MonitoringMessage failedConnect(ConnectRequest request, int port, Instant at, String why) {
        Map<String, Object> fields = new LinkedHashMap<>();
        common(
                fields,
                "FailedConnect",
                request.clientId(),
                request.remoteAddress(),
                port,
                request.protocolLevel(),
                request.userName(),
                at);
        fields.put("Reason", why);
        return new MonitoringMessage(fields);
    }

    /** The same with what only its listener knows. */
    MonitoringMessage through(BrokerSettings.@Nullable Listener door) {
        if (door == null) {
            return this;
        }
        Map<String, Object> fuller = new LinkedHashMap<>(fields);
        fuller.put("Secure", door.tls() != null);
        if (door.carrier() instanceof Carrier.WebSocket) {
            fuller.put("Protocol", fields.get("Protocol") + "-ws");
        }
        return new MonitoringMessage(fuller);
    }

    /** The same client, whose connection ended with the process that knew of it. */
    MonitoringMessage lost(Instant at) {
        Map<String, Object> lost = new LinkedHashMap<>(fields);
        lost.put("Action", "Disconnect");
        lost.put("Time", time(at));
        closed(lost, DisconnectReason.CLOSED_BY_SERVER);
        return new MonitoringMessage(lost);
    }

    private static Map<String, Object> client(String action, ClientInfo client, int port, Instant at) {
        Map<String, Object> fields = new LinkedHashMap<>();
        common(
                fields,
                action,
                client.clientId(),
                client.remoteAddress(),
                port,
                client.protocolLevel(),
                client.userName(),
                at);
        fields.put("ConnectTime", time(client.connectedAt()));
        return fields;
    }

    private static void common(
            Map<String, Object> fields,
            String action,
            String clientId,
            String remoteAddress,
            int port,
            int protocolLevel,
            @Nullable String user,
            Instant at) {
        String address = ClientLog.address(remoteAddress);
        int colon = address.lastIndexOf(':');
        fields.put("Action", action);
        fields.put("Time", time(at));
        fields.put("ClientAddr", colon < 0 ? address : address.substring(0, colon));
        fields.put("ClientID", clientId);
        fields.put("Port", port);
        fields.put("Protocol", "mqtt" + protocolLevel);
        if (user != null && !user.equals(TOKEN_USER)) {
            fields.put("User", user);
        }
    }

    private static void closed(Map<String, Object> fields, DisconnectReason reason) {
        if (reason.closeCode() != 0) {
            fields.put("CloseCode", reason.closeCode());
            fields.put("Reason", reason.words());
        }
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A message as it was kept, or null if it is none. */
    static @Nullable MonitoringMessage parse(byte[] payload) {
        try {
            return new MonitoringMessage(JSON.std.mapFrom(payload));
        } catch (JacksonException e) {
            return null;
        }
    }

    boolean isConnect() {
        return "Connect".equals(fields.get("Action"));
    }

    String clientId() {
        return String.valueOf(fields.get("ClientID"));
    }

    byte[] toJson() {
        return JSON.std.asBytes(fields);
    }
}
