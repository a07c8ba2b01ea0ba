package dev.edgegateway.broker.session;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredDelivery;
import dev.edgegateway.broker.BrokerStore.StoredSession;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.routing.Subscriber;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps of one client: its subscriptions, what is on its way to it, and which of its QoS 2 messages are
 * half received (MQTT 3.1.1 section 3.1.2.4). A persistent session outlives connections and restarts.
 */
final class Session implements Subscriber {
    private final String clientId;
    /** Names it in the store; 0 if it is not persistent. */
    private final long number;

    private final BrokerCore core;
    private final Map<TopicFilter, Qos> subscriptions = new HashMap<>();
    private final Set<Integer> inbound = new HashSet<>(4);
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>(4);
    private final InflightWindow inflight;
    private long nextSequence = 1;
    private boolean pumpWaits;

    /** The connection's side of the protocol, null while the client is away. */
    private @Nullable ClientProtocol owner;

    Session(String clientId, long number, BrokerCore core) {
        this.clientId = clientId;
        this.number = number;
        this.core = core;
        this.inflight = new InflightWindow(core.settings().maxInflight());
    }

    /** A session as the store has it: what may have been sent stands in flight again, the rest is queued. */
    static Session restore(StoredSession stored, BrokerCore core) {
        Session session =
                new Session(stored.record().clientId(), stored.record().number(), core);
        session.subscriptions.putAll(stored.record().subscriptions());
        session.inbound.addAll(stored.inbound());
        long sentThrough = stored.record().sentThrough();
        boolean unknown = sentThrough == SessionRecord.UNKNOWN;
        for (StoredDelivery entry : stored.deliveries()) {
            Delivery delivery =
                    new Delivery(entry.sequence(), entry.message(), entry.qos(), false, BrokerStore.NOTHING);
            boolean mayHaveBeenSent = entry.released() || unknown || entry.sequence() <= sentThrough;
            if (mayHaveBeenSent && session.inflight.hasRoomFor(entry.sequence())) {
                delivery.sent = true;
                delivery.message = entry.released() ? null : entry.message();
                session.inflight.add(delivery);
            } else {
                session.enqueue(delivery);
            }
            session.nextSequence = entry.sequence() + 1;
        }
        return session;
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

    Map<TopicFilter, Qos> subscriptions() {
        return subscriptions;
    }

    /** Messages of QoS 1 and 2 sent and not acknowledged. */
    int inflight() {
        return inflight.size();
    }

    // ---- the connection

    /** Takes the connection; {@link #resume} sends what is due, after CONNACK. */
    void attach(ClientProtocol protocol) {
        owner = protocol;
        save(false);
    }

    /** Sends again what is in flight, in its order (MQTT 3.1.1 section 4.4), then what is queued. */
    void resume() {
        ClientProtocol to = owner;
        if (to == null) {
            return;
        }
        for (Delivery d = inflight.after(0); d != null; d = inflight.after(d.sequence)) {
            if (d.released()) {
                to.connection().acknowledge(Connection.Ack.PUBREL, d.packetId());
            } else {
                send(to, d);
            }
        }
        pump();
    }

    /** The connection is gone. Of what waited, QoS 0 goes with it. */
    void detach() {
        owner = null;
        for (Iterator<Delivery> it = queue.iterator(); it.hasNext(); ) {
            Delivery delivery = it.next();
            if (delivery.qos == Qos.AT_MOST_ONCE) {
                it.remove();
                core.dequeued(delivery);
            }
        }
        save(false);
    }

    /** Ends the session: nothing of it is left, here or in the store. */
    long discard() {
        owner = null;
        subscriptions.keySet().forEach(filter -> core.subscriptions().remove(filter, this));
        subscriptions.clear();
        queue.forEach(core::dequeued);
        queue.clear();
        return persistent() ? core.store().deleteSession(number) : BrokerStore.NOTHING;
    }

    // ---- subscriptions

    /** Adds or changes subscriptions, already in the tree's naming. @return the commit SUBACK waits for. */
    long subscribe(Map<TopicFilter, Qos> granted) {
        granted.forEach((filter, qos) -> {
            subscriptions.put(filter, qos);
            core.subscriptions().add(filter, this, qos);
        });
        return save(true);
    }

    long unsubscribe(Iterable<TopicFilter> filters) {
        for (TopicFilter filter : filters) {
            if (subscriptions.remove(filter) != null) {
                core.subscriptions().remove(filter, this);
            }
        }
        return save(true);
    }

    private long save(boolean prompt) {
        if (!persistent()) {
            return BrokerStore.NOTHING;
        }
        long sentThrough = SessionRecord.UNKNOWN;
        if (owner == null) {
            sentThrough = 0;
            for (Delivery d = inflight.after(0); d != null; d = inflight.after(d.sequence)) {
                sentThrough = d.sequence;
            }
        }
        return core.store().saveSession(new SessionRecord(number, clientId, sentThrough, subscriptions), prompt);
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
    public long deliver(Message message, Qos granted, boolean retained) {
        Qos qos = message.qos().min(granted);
        if (qos == Qos.AT_MOST_ONCE) {
            deliverUnacknowledged(message, retained);
            return BrokerStore.NOTHING;
        }
        if (owner == null && !persistent()) {
            return BrokerStore.NOTHING;
        }
        long sequence = nextSequence++;
        long commit = persistent() ? core.store().addDelivery(number, sequence, message, qos) : BrokerStore.NOTHING;
        Delivery delivery = new Delivery(sequence, message, qos, retained, commit);
        if (queue.isEmpty() && maySend(delivery)) {
            inflight.add(delivery);
            send(requireNonNull(owner), delivery);
        } else if (makeRoomFor(delivery)) {
            enqueue(delivery);
            pump();
        }
        return commit;
    }

    private void deliverUnacknowledged(Message message, boolean retained) {
        ClientProtocol to = owner;
        if (to == null) {
            return;
        }
        Delivery delivery = new Delivery(0, message, Qos.AT_MOST_ONCE, retained, BrokerStore.NOTHING);
        if (queue.isEmpty() && to.connection().isWritable()) {
            send(to, delivery);
        } else if (makeRoomFor(delivery)) {
            enqueue(delivery);
        }
    }

    /** Sends what the client can take now. */
    void pump() {
        Delivery next = queue.peek();
        while (next != null && maySend(next)) {
            queue.poll();
            core.dequeued(next);
            if (next.qos != Qos.AT_MOST_ONCE) {
                inflight.add(next);
            }
            send(requireNonNull(owner), next);
            next = queue.peek();
        }
    }

    /**
     * QoS 2 to a persistent session leaves only when its record is on disk: sent earlier, a crash would make the
     * publisher repeat it and the client would get it under two packet ids.
     */
    private boolean maySend(Delivery delivery) {
        if (owner == null || !owner.connection().isWritable()) {
            return false;
        }
        if (delivery.qos == Qos.AT_MOST_ONCE) {
            return true;
        }
        if (delivery.qos == Qos.EXACTLY_ONCE && !core.gate().isOpen(delivery.commit)) {
            if (!pumpWaits) {
                pumpWaits = true;
                core.gate().then(delivery.commit, () -> {
                    pumpWaits = false;
                    pump();
                });
            }
            return false;
        }
        return inflight.hasRoomFor(delivery.sequence);
    }

    private void send(ClientProtocol to, Delivery delivery) {
        Message message = requireNonNull(delivery.message);
        to.connection()
                .publish(
                        to.client().namespace().outward(message.topic()),
                        message,
                        delivery.qos,
                        delivery.sent,
                        delivery.retained,
                        delivery.qos == Qos.AT_MOST_ONCE ? 0 : delivery.packetId());
        delivery.sent = true;
        core.counters().publishSent++;
    }

    /** Drops the oldest that waits if the session or the broker is full. @return false if the new one must go. */
    private boolean makeRoomFor(Delivery delivery) {
        int size = requireNonNull(delivery.message).size();
        while (queue.size() >= core.settings().maxQueuedPerSession() || core.isFullFor(size)) {
            Delivery oldest = queue.poll();
            if (oldest == null) {
                drop(delivery);
                return false;
            }
            core.dequeued(oldest);
            drop(oldest);
        }
        return true;
    }

    private void drop(Delivery delivery) {
        core.counters().publishDropped++;
        if (delivery.qos != Qos.AT_MOST_ONCE && persistent()) {
            core.store().removeDelivery(number, delivery.sequence);
        }
    }

    private void enqueue(Delivery delivery) {
        queue.add(delivery);
        core.queued(delivery);
    }

    void onPuback(int packetId) {
        Delivery delivery = inflight.find(packetId);
        if (delivery != null && delivery.qos == Qos.AT_LEAST_ONCE) {
            finish(delivery);
        }
    }

    void onPubrec(int packetId) {
        Delivery delivery = inflight.find(packetId);
        long commit = BrokerStore.NOTHING;
        if (delivery != null && delivery.qos == Qos.EXACTLY_ONCE && !delivery.released()) {
            delivery.message = null;
            if (persistent()) {
                commit = core.store().releaseDelivery(number, delivery.sequence);
            }
        }
        // An unknown id gets its PUBREL too: the client waits for it, and PUBCOMP will find nothing to do.
        requireNonNull(owner).acks().add(Connection.Ack.PUBREL, packetId, commit);
    }

    void onPubcomp(int packetId) {
        Delivery delivery = inflight.find(packetId);
        if (delivery != null && delivery.released()) {
            finish(delivery);
        }
    }

    private void finish(Delivery delivery) {
        inflight.remove(delivery);
        if (persistent()) {
            core.store().removeDelivery(number, delivery.sequence);
        }
        pump();
    }
}
