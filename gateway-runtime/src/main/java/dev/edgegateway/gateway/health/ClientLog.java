package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One line for each client that comes, goes or is turned away. Past {@value #LINES_PER_SECOND} lines in a second the rest
 * of it is summed up in one. Any thread.
 */
public final class ClientLog implements BrokerListener {
    static final int LINES_PER_SECOND = 20;

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final int MAX_TEXT = 80;

    private static final class Held {
        int connected;
        int disconnected;
        int refused;
    }

    private final LongSupplier nanos;
    private final Consumer<String> log;
    private long secondBegan;
    private int written;
    private Held held = new Held();

    /**
     * @param nanos a monotonic clock.
     * @param log takes a line.
     */
    public ClientLog(LongSupplier nanos, Consumer<String> log) {
        this.nanos = nanos;
        this.log = log;
        this.secondBegan = nanos.getAsLong();
    }

    @Override
    public void connected(ClientInfo client) {
        if (hasRoom(held -> held.connected++)) {
            String user = client.userName();
            log.accept("Client " + quoted(client.clientId()) + " connected from " + address(client.remoteAddress())
                    + " over listener '" + client.listener() + "': " + protocol(client.protocolLevel())
                    + (client.cleanSession() ? ", clean session" : ", kept session")
                    + (user == null ? "" : ", user " + quoted(user)));
        }
    }

    @Override
    public void refused(ConnectRequest request, String why) {
        if (hasRoom(held -> held.refused++)) {
            log.accept("Client " + quoted(request.clientId()) + " from " + address(request.remoteAddress())
                    + " over listener '" + request.listener() + "' refused: " + fit(why, 4 * MAX_TEXT));
        }
    }

    @Override
    public void failed(String listener, String remoteAddress, String why) {
        if (hasRoom(held -> held.refused++)) {
            log.accept("Connection from " + address(remoteAddress) + " over listener '" + listener + "' failed: "
                    + fit(why, 4 * MAX_TEXT));
        }
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        if (hasRoom(held -> held.disconnected++)) {
            log.accept("Client " + quoted(client.clientId()) + " from " + address(client.remoteAddress())
                    + " disconnected: " + reason.words());
        }
    }

    /** Says what was held back, once its second is over; to be called about every second. */
    public synchronized void flush() {
        long now = nanos.getAsLong();
        if (now - secondBegan < SECOND_NANOS) {
            return;
        }
        secondBegan = now;
        written = 0;
        Held over = held;
        if (over.connected + over.disconnected + over.refused > 0) {
            held = new Held();
            log.accept("Of more clients in that second: " + over.connected + " connected, " + over.disconnected
                    + " disconnected, " + over.refused + " refused");
        }
    }

    private synchronized boolean hasRoom(Consumer<Held> otherwise) {
        flush();
        if (written < LINES_PER_SECOND) {
            written++;
            return true;
        }
        otherwise.accept(held);
        return false;
    }

    static String protocol(int level) {
        return switch (level) {
            case 3 -> "MQTT 3.1";
            case 4 -> "MQTT 3.1.1";
            default -> "MQTT " + level + ".0";
        };
    }

    /** Without the slash that stands for the missing host name. */
    static String address(String remoteAddress) {
        return remoteAddress.startsWith("/") ? remoteAddress.substring(1) : remoteAddress;
    }

    private static String quoted(String text) {
        return "'" + fit(text, MAX_TEXT) + "'";
    }

    /** What a client says of itself must not break the line or fill the log. */
    private static String fit(String text, int max) {
        String start = text.length() > max ? text.substring(0, max) + "..." : text;
        return start.replaceAll("\\p{Cntrl}|[\u2028\u2029\u0085]", "?");
    }
}
