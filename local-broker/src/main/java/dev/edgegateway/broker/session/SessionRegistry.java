package dev.edgegateway.broker.session;

import dev.edgegateway.broker.BrokerStore.StoredSession;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sessions by client id, up to a number of them. */
final class SessionRegistry {
    private final Map<String, Session> byClientId = new HashMap<>();
    private final BrokerCore core;
    private long lastNumber;

    SessionRegistry(BrokerCore core) {
        this.core = core;
        for (StoredSession stored : core.store().sessions()) {
            Session session = Session.restore(stored, core);
            byClientId.put(session.clientId(), session);
            session.subscriptions()
                    .forEach((filter, options) -> core.subscriptions().add(filter, session, options));
            lastNumber = Math.max(lastNumber, session.number());
        }
    }

    @Nullable
    Session find(String clientId) {
        return byClientId.get(clientId);
    }

    boolean hasRoom() {
        return byClientId.size() < core.settings().maxSessions();
    }

    /** Makes a session in place of the client's old one, which must be discarded. */
    Session create(String clientId, boolean persistent) {
        Session session = new Session(clientId, persistent ? ++lastNumber : 0, core);
        byClientId.put(clientId, session);
        return session;
    }

    /** Forgets the session, unless another one has taken its place. */
    void remove(Session session) {
        byClientId.remove(session.clientId(), session);
    }

    Collection<Session> all() {
        return byClientId.values();
    }

    int size() {
        return byClientId.size();
    }
}
