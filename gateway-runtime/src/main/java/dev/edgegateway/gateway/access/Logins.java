package dev.edgegateway.gateway.access;

import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.tinylog.Logger;

/** Who is in, and by which line of which file, so that whoever loses the line loses the connection. Any thread. */
final class Logins implements BrokerListener {
    /** Let in and not connected yet; that lasts a turn of the event loop. */
    private static final int MAX_PENDING = 1000;

    /** What a client was let in by. */
    record Login(String clientId, CredentialSource source, String name, PasswordHash hash) {
        boolean stillCounts() {
            return hash.equals(source.current().find(name));
        }
    }

    /** By remote address, which is the connection's alone. */
    private final Map<String, Login> pending = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Login> eldest) {
            return size() > MAX_PENDING;
        }
    };

    private final Map<String, Login> connected = new ConcurrentHashMap<>();
    private volatile Consumer<String> disconnector = _ -> {};

    /** @param disconnector ends the connection of the client with this id. */
    void onRevoked(Consumer<String> disconnector) {
        this.disconnector = disconnector;
    }

    /** To be told before the broker is. */
    void admitted(String remoteAddress, Login login) {
        synchronized (pending) {
            pending.put(remoteAddress, login);
        }
    }

    @Override
    public void connected(ClientInfo client) {
        Login login;
        synchronized (pending) {
            login = pending.remove(client.remoteAddress());
        }
        if (login != null) {
            connected.put(client.remoteAddress(), login);
            checkAgain(login);
        }
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        connected.remove(client.remoteAddress());
    }

    boolean isEmpty() {
        return connected.isEmpty();
    }

    /** A file says something else than before. */
    void changed() {
        connected.values().forEach(this::checkAgain);
    }

    private void checkAgain(Login login) {
        if (!login.stillCounts()) {
            Logger.info(
                    "{} {} was removed or has another secret now: {} is disconnected",
                    login.source().kind().word(),
                    Shown.of(login.name()),
                    Shown.of(login.clientId()));
            disconnector.accept(login.clientId());
        }
    }
}
