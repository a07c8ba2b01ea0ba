package dev.edgegateway.broker.session;

import static java.util.Objects.requireNonNull;

import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredDelivery;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.routing.Granted;
import dev.edgegateway.broker.routing.SharedGroup;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on its way to one client: in flight up to the window, queued behind it, and acknowledged by packet id (MQTT
 * 3.1.1 sections 4.3 and 4.4, 5.0 section 4.9).
 */
final class Outbox {
    private final Session session;
    private final BrokerCore core;
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>(0);
    private final InflightWindow inflight;
    private long nextSequence = 1;
    private long queuedBytes;
    private boolean pumpWaits;

    // of the connection
    private @Nullable ClientProtocol to;
    private int connection;
    private int unanswered;
    private int receiveMaximum;
    /** In flight through this sequence was sent again on this connection. */
    private long resentThrough;

    Outbox(Session session, BrokerCore core) {
        this.session = session;
        this.core = core;
        this.inflight = new InflightWindow(core.settings().maxInflight());
    }

    /** As the store has it: what may have been sent stands in flight again, the rest is queued. */
    void restore(List<StoredDelivery> stored, long sentThrough) {
        for (StoredDelivery entry : stored) {
            Message message = entry.message();
            message = message.withProperties(
                    message.properties().resumedAt(core.timeline().getAsLong()));
            Delivery delivery = new Delivery(
                    entry.sequence(),
                    message,
                    entry.qos(),
                    message.retain(),
                    BrokerStore.NOTHING,
                    entry.identifiers(),
                    null);
            boolean mayHaveBeenSent =
                    entry.released() || sentThrough == SessionRecord.UNKNOWN || entry.sequence() <= sentThrough;
            if (mayHaveBeenSent && inflight.hasRoomFor(entry.sequence())) {
                delivery.sent = true;
                delivery.message = entry.released() ? null : message;
                inflight.add(delivery);
            } else {
                enqueue(delivery);
            }
            nextSequence = entry.sequence() + 1;
        }
    }

    // ---- the connection

    void attach(ClientProtocol protocol, int maximum) {
        to = protocol;
        connection++;
        unanswered = 0;
        resentThrough = 0;
        receiveMaximum = Math.min(maximum, core.settings().maxInflight());
    }

    /** Sends again what is in flight, in its order (MQTT 3.1.1 section 4.4), then what is queued. */
    void resume() {
        pump();
    }

    /** The connection is gone. Of what waited, QoS 0 goes with it. */
    void detach() {
        to = null;
        for (Iterator<Delivery> it = queue.iterator(); it.hasNext(); ) {
            Delivery delivery = it.next();
            if (delivery.qos == Qos.AT_MOST_ONCE) {
                it.remove();
                dequeued(delivery);
            }
        }
    }

    /**
     * Gives what came through a group back to it: what was never sent, and of what was sent QoS 1 (MQTT 5.0 section
     * 4.8.2).
     *
     * @param onlyToConnected whether it stays here if no other member is connected.
     */
    void giveBack(boolean onlyToConnected) {
        for (Delivery d = inflight.after(0); d != null; d = inflight.after(d.sequence)) {
            if (d.qos == Qos.AT_LEAST_ONCE && isTaken(d, onlyToConnected)) {
                inflight.remove(d);
                forget(d);
            }
        }
        for (Iterator<Delivery> it = queue.iterator(); it.hasNext(); ) {
            Delivery d = it.next();
            if (isTaken(d, onlyToConnected)) {
                it.remove();
                dequeued(d);
                forget(d);
            }
        }
    }

    private boolean isTaken(Delivery delivery, boolean onlyToConnected) {
        SharedGroup group = delivery.group;
        return group != null && delivery.message != null && group.redeliver(delivery.message, session, onlyToConnected);
    }

    /** Nothing is left; the store forgets with the session. */
    void clear() {
        to = null;
        queue.forEach(this::dequeued);
        queue.clear();
    }

    /** The highest sequence in flight. */
    long sentThrough() {
        long through = 0;
        for (Delivery d = inflight.after(0); d != null; d = inflight.after(d.sequence)) {
            through = d.sequence;
        }
        return through;
    }

    int inFlight() {
        return inflight.size();
    }

    int queued() {
        return queue.size();
    }

    long queuedBytes() {
        return queuedBytes;
    }

    boolean isIdle() {
        return queue.isEmpty() && unanswered < receiveMaximum && inflight.hasRoomFor(nextSequence);
    }

    // ---- messages

    /** Takes a message. @return the commit its publisher's acknowledgement waits for. */
    long deliver(Message message, Granted granted, boolean retain, @Nullable SharedGroup group) {
        Qos qos = message.qos().min(granted.qos());
        if (qos == Qos.AT_MOST_ONCE) {
            deliverUnacknowledged(message, granted, retain);
            return BrokerStore.NOTHING;
        }
        if (to == null && !session.persistent()) {
            return BrokerStore.NOTHING;
        }
        long sequence = nextSequence++;
        long commit = session.persistent()
                ? core.store()
                        .addDelivery(session.number(), sequence, message.withRetain(retain), qos, granted.identifiers())
                : BrokerStore.NOTHING;
        Delivery delivery = new Delivery(sequence, message, qos, retain, commit, granted.identifiers(), group);
        if (queue.isEmpty() && maySend(delivery)) {
            inflight.add(delivery);
            send(delivery);
        } else if (makeRoomFor(delivery)) {
            enqueue(delivery);
            pump();
        }
        return commit;
    }

    private void deliverUnacknowledged(Message message, Granted granted, boolean retain) {
        ClientProtocol client = to;
        if (client == null) {
            return;
        }
        if (queue.isEmpty() && client.connection().isWritable()) {
            write(client, message, Qos.AT_MOST_ONCE, false, retain, 0, granted.identifiers());
            return;
        }
        Delivery delivery =
                new Delivery(0, message, Qos.AT_MOST_ONCE, retain, BrokerStore.NOTHING, granted.identifiers(), null);
        if (makeRoomFor(delivery)) {
            enqueue(delivery);
        }
    }

    /** Sends what the client can take now. */
    void pump() {
        if (!resend()) {
            return;
        }
        Delivery next = queue.peek();
        while (next != null) {
            if (next.isExpired(core.timeline())) {
                queue.poll();
                dequeued(next);
                forget(next);
                core.counters().messagesExpired++;
            } else if (maySend(next)) {
                queue.poll();
                dequeued(next);
                if (next.qos != Qos.AT_MOST_ONCE) {
                    inflight.add(next);
                }
                send(next);
            } else {
                return;
            }
            next = queue.peek();
        }
    }

    /** Sends again what was in flight when the client left. @return whether all of it has been sent. */
    private boolean resend() {
        if (to == null) {
            return false;
        }
        if (resentThrough == Long.MAX_VALUE) {
            return true;
        }
        for (Delivery d = inflight.after(resentThrough); d != null; d = inflight.after(d.sequence)) {
            if (d.released()) {
                to.connection().acknowledge(Connection.Ack.PUBREL, d.packetId(), ReasonCode.SUCCESS);
            } else if (unanswered < receiveMaximum) {
                send(d);
            } else {
                return false;
            }
            resentThrough = d.sequence;
        }
        resentThrough = Long.MAX_VALUE;
        return true;
    }

    /**
     * QoS 2 to a persistent session leaves only when its record is on disk: sent earlier, a crash would make the
     * publisher repeat it and the client would get it under two packet ids.
     */
    private boolean maySend(Delivery delivery) {
        if (to == null || !to.connection().isWritable()) {
            return false;
        }
        if (delivery.qos == Qos.AT_MOST_ONCE) {
            return true;
        }
        if (unanswered >= receiveMaximum || resentThrough != Long.MAX_VALUE) {
            return false;
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

    private void send(Delivery delivery) {
        boolean acknowledged = delivery.qos != Qos.AT_MOST_ONCE;
        boolean sent = write(
                requireNonNull(to),
                requireNonNull(delivery.message),
                delivery.qos,
                delivery.sent,
                delivery.retain,
                acknowledged ? delivery.packetId() : 0,
                delivery.identifiers);
        if (!acknowledged) {
            return;
        }
        if (sent) {
            delivery.sent = true;
            delivery.connection = connection;
            unanswered++;
        } else {
            // As if it had been sent and acknowledged (MQTT 5.0 section 3.1.2.11.4).
            inflight.remove(delivery);
            forget(delivery);
        }
    }

    private boolean write(
            ClientProtocol client,
            Message message,
            Qos qos,
            boolean dup,
            boolean retain,
            int packetId,
            int[] identifiers) {
        boolean sent = client.connection()
                .publish(
                        client.client().namespace().outward(message.topic()),
                        message,
                        qos,
                        dup,
                        retain,
                        packetId,
                        identifiers);
        if (sent) {
            core.counters().publishSent++;
            core.counters().publishBytesSent += message.payload().length;
        } else {
            core.counters().messagesTooLarge++;
        }
        return sent;
    }

    /** Drops the oldest that waits if the session or the broker is full. @return false if the new one must go. */
    private boolean makeRoomFor(Delivery delivery) {
        int size = requireNonNull(delivery.message).size();
        while (queue.size() >= core.settings().maxQueuedPerSession()
                || queuedBytes + size > core.settings().limits().maxQueuedBytesPerSession()
                || core.isFullFor(size)) {
            Delivery oldest = queue.poll();
            if (oldest == null) {
                drop(delivery);
                return false;
            }
            dequeued(oldest);
            drop(oldest);
        }
        return true;
    }

    private void drop(Delivery delivery) {
        core.counters().publishDropped++;
        forget(delivery);
    }

    private void forget(Delivery delivery) {
        if (delivery.qos != Qos.AT_MOST_ONCE && session.persistent()) {
            core.store().removeDelivery(session.number(), delivery.sequence);
        }
    }

    private void enqueue(Delivery delivery) {
        queue.add(delivery);
        queuedBytes += size(delivery);
        core.queued(size(delivery));
    }

    private void dequeued(Delivery delivery) {
        queuedBytes -= size(delivery);
        core.dequeued(size(delivery));
    }

    private static int size(Delivery delivery) {
        return delivery.message == null ? 0 : delivery.message.size();
    }

    // ---- acknowledgements

    void onPuback(int packetId) {
        Delivery delivery = inflight.find(packetId);
        if (delivery != null && delivery.qos == Qos.AT_LEAST_ONCE) {
            finish(delivery);
        }
    }

    /** @param reasonCode a failure ends the delivery (MQTT 5.0 section 4.3.3). */
    void onPubrec(int packetId, int reasonCode) {
        Delivery found = inflight.find(packetId);
        Delivery delivery = found != null && found.qos == Qos.EXACTLY_ONCE ? found : null;
        if (delivery != null && reasonCode >= ReasonCode.FAILURE) {
            finish(delivery);
            return;
        }
        long commit = BrokerStore.NOTHING;
        if (delivery != null && !delivery.released()) {
            delivery.message = null;
            if (session.persistent()) {
                commit = core.store().releaseDelivery(session.number(), delivery.sequence);
            }
        }
        // An unknown id gets its PUBREL too: the client waits for it, and PUBCOMP will find nothing to do.
        int reason = delivery != null ? ReasonCode.SUCCESS : ReasonCode.PACKET_ID_NOT_FOUND;
        requireNonNull(to).acks().add(Connection.Ack.PUBREL, packetId, reason, commit);
    }

    void onPubcomp(int packetId) {
        Delivery delivery = inflight.find(packetId);
        if (delivery != null && delivery.released()) {
            finish(delivery);
        }
    }

    private void finish(Delivery delivery) {
        inflight.remove(delivery);
        if (delivery.connection == connection && unanswered > 0) {
            unanswered--;
        }
        forget(delivery);
        pump();
    }
}
