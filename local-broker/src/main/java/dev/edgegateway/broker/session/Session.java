package dev.edgegateway.broker.session;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredSession;
import dev.edgegateway.broker.BrokerStore.StoredWill;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.Will;
import dev.edgegateway.broker.routing.Granted;
import dev.edgegateway.broker.routing.SharedGroup;
import dev.edgegateway.broker.routing.Subscriber;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps of one client: its subscriptions, what is on its way to it, which of its QoS 2 messages are half
 * received, and its Will (MQTT 3.1.1 section 3.1.2.4, 5.0 section 4.1). A persistent session outlives connections and
 * restarts for as long as its expiry says.
 */
final class Session implements Subscriber {
    private final String clientId;
    private final BrokerCore core;
    private final Map<TopicFilter, SubscriptionOptions> subscriptions = new HashMap<>(4);
    private final Set<Integer> inbound = new HashSet<>(4);
    private final Outbox outbox;

    /** Names it in the store; 0 if it is not persistent. */
    private long number;

    private long expirySeconds;
    private long expiresAtMillis;
    private @Nullable Will will;
    private long willDueAtMillis;
    private Agenda.@Nullable Entry expiry;
    private Agenda.@Nullable Entry willDue;

    /** The connection's side of the protocol, null while the client is away. */
    private @Nullable ClientProtocol owner;

    Session(String clientId, long number, BrokerCore core) {
        this.clientId = clientId;
        this.number = number;
        this.core = core;
        this.outbox = new Outbox(this, core);
    }

    /** A session as the store has it. A client that was connected when the broker died left at this moment. */
    static Session restore(StoredSession stored, BrokerCore core) {
        SessionRecord record = stored.record();
        Session session = new Session(record.clientId(), record.number(), core);
        session.subscriptions.putAll(record.subscriptions());
        session.inbound.addAll(stored.inbound());
        session.expirySeconds = record.expirySeconds();
        session.outbox.restore(stored.deliveries(), record.sentThrough());
        session.expiresAtMillis = record.expiresAtMillis() != 0
                ? Math.min(record.expiresAtMillis(), session.after(record.expirySeconds()))
                : session.after(record.expirySeconds());
        StoredWill kept = record.will();
        if (kept != null) {
            session.will = kept.will();
            long latest = session.after(Math.min(kept.will().delaySeconds(), record.expirySeconds()));
            session.willDueAtMillis = kept.dueAtMillis() != 0 ? Math.min(kept.dueAtMillis(), latest) : latest;
        }
        session.schedule();
        return session;
    }

    private long after(long seconds) {
        return core.timeline().getAsLong() + seconds * 1000;
    }

    String clientId() {
        return clientId;
    }

    long number() {
        return number;
    }

    boolean persistent() {
        return number != 0;
    }

    boolean connected() {
        return owner != null;
    }

    @Nullable
    ClientProtocol owner() {
        return owner;
    }

    Map<TopicFilter, SubscriptionOptions> subscriptions() {
        return subscriptions;
    }

    Outbox outbox() {
        return outbox;
    }

    ClientStatus status() {
        ClientProtocol protocol = owner;
        return new ClientStatus(
                clientId,
                protocol == null ? null : protocol.status(),
                persistent(),
                subscriptions.size(),
                outbox.inFlight(),
                outbox.queued(),
                outbox.queuedBytes());
    }

    // ---- the connection

    /**
     * Takes the connection; {@link Outbox#resume} sends what is due, after CONNACK.
     *
     * @param expiry how long the session is to outlive the connection; 0 makes the store forget it now.
     */
    void attach(ClientProtocol protocol, long expiry, int receiveMaximum, @Nullable Will wanted) {
        unschedule();
        owner = protocol;
        will = wanted;
        expirySeconds = expiry;
        outbox.attach(protocol, receiveMaximum);
        if (expiry == 0 && persistent()) {
            core.store().deleteSession(number);
            number = 0;
        }
        save(false);
    }

    long expirySeconds() {
        return expirySeconds;
    }

    /** DISCONNECT changed how long the session outlives the connection (MQTT 5.0 section 3.14.2.2.2). */
    void expireAfter(long seconds) {
        expirySeconds = seconds;
    }

    /** The client does not want its Will published. */
    void forgetWill() {
        will = null;
    }

    /**
     * The connection is gone, the session stays.
     *
     * @return the Will that is due at once, if any.
     */
    @Nullable
    Will detach() {
        owner = null;
        outbox.detach();
        outbox.giveBack(true);
        Will due = null;
        expiresAtMillis = after(expirySeconds);
        Will held = will;
        if (held != null && held.delaySeconds() == 0) {
            due = held;
            will = null;
        } else if (held != null) {
            willDueAtMillis = after(Math.min(held.delaySeconds(), expirySeconds));
        }
        save(false);
        schedule();
        return due;
    }

    /**
     * Ends the session: nothing of it is left, here or in the store.
     *
     * @return the Will that is due now, if any.
     */
    @Nullable
    Will discard() {
        unschedule();
        owner = null;
        subscriptions.keySet().forEach(filter -> core.subscriptions().remove(filter, this));
        subscriptions.clear();
        outbox.giveBack(false);
        outbox.clear();
        if (persistent()) {
            core.store().deleteSession(number);
        }
        Will due = will;
        will = null;
        return due;
    }

    private void schedule() {
        if (expirySeconds != ConnectProperties.FOREVER) {
            expiry = core.agenda().at(expiresAtMillis, () -> core.expired(this));
        }
        if (will != null) {
            willDue = core.agenda().at(willDueAtMillis, () -> {
                Will due = will;
                will = null;
                if (due != null) {
                    core.publishWill(clientId, due, this);
                    save(false);
                }
            });
        }
    }

    private void unschedule() {
        if (expiry != null) {
            core.agenda().cancel(expiry);
            expiry = null;
        }
        if (willDue != null) {
            core.agenda().cancel(willDue);
            willDue = null;
        }
    }

    // ---- subscriptions

    /** Adds or changes subscriptions, already in the tree's naming. @return the commit SUBACK waits for. */
    long subscribe(Map<TopicFilter, SubscriptionOptions> granted) {
        if (granted.isEmpty()) {
            return BrokerStore.NOTHING;
        }
        granted.forEach((filter, options) -> {
            subscriptions.put(filter, options);
            core.subscriptions().add(filter, this, options);
        });
        return save(true);
    }

    /** @return the commit UNSUBACK waits for. */
    long unsubscribe(Iterable<TopicFilter> filters) {
        boolean changed = false;
        for (TopicFilter filter : filters) {
            if (subscriptions.remove(filter) != null) {
                core.subscriptions().remove(filter, this);
                changed = true;
            }
        }
        return changed ? save(true) : BrokerStore.NOTHING;
    }

    private long save(boolean prompt) {
        if (!persistent()) {
            return BrokerStore.NOTHING;
        }
        boolean away = owner == null;
        Will held = will;
        return core.store()
                .saveSession(
                        new SessionRecord(
                                number,
                                clientId,
                                away ? outbox.sentThrough() : SessionRecord.UNKNOWN,
                                subscriptions,
                                expirySeconds,
                                away && expirySeconds != ConnectProperties.FOREVER ? expiresAtMillis : 0,
                                held == null ? null : new StoredWill(held, away ? willDueAtMillis : 0)),
                        prompt);
    }

    // ---- from the client: QoS 2 received and not yet released

    /** @return whether the packet id is new, so that the message has to be routed. */
    boolean isNewInbound(int packetId) {
        return !inbound.contains(packetId);
    }

    /** Remembers the packet id. @return the commit PUBREC waits for. */
    long received(int packetId) {
        inbound.add(packetId);
        return persistent() ? core.store().addInbound(number, packetId) : BrokerStore.NOTHING;
    }

    /** PUBREL came. @return the commit PUBCOMP waits for. */
    long released(int packetId) {
        boolean known = inbound.remove(packetId);
        return known && persistent() ? core.store().removeInbound(number, packetId) : BrokerStore.NOTHING;
    }

    // ---- to the client

    @Override
    public long deliver(Message message, Granted granted, boolean retain) {
        return outbox.deliver(message, granted, retain, null);
    }

    @Override
    public long deliverShared(Message message, Granted granted, SharedGroup group) {
        return outbox.deliver(message, granted, false, group);
    }

    @Override
    public Readiness readiness() {
        ClientProtocol protocol = owner;
        if (protocol != null) {
            return outbox.isIdle() && protocol.connection().isWritable() ? Readiness.NOW : Readiness.BUSY;
        }
        return persistent() ? Readiness.AWAY : Readiness.GONE;
    }
}
