package dev.edgegateway.broker.session;

import java.util.ArrayDeque;

/**
 * The acknowledgements one connection still owes, in the order in which MQTT wants them sent (3.1.1 section 4.6). Those
 * in front wait for a commit; those behind wait for them. Counts what a 5.0 client has in flight towards the broker.
 */
final class AckQueue {
    private record Owed(Connection.Ack kind, int packetId, int reasonCode, long commit) {}

    private final Connection connection;
    private final CommitGate gate;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>(0);
    private int unanswered;

    AckQueue(Connection connection, CommitGate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    /** A message that wants an acknowledgement came. @return how many there are now (MQTT 5.0 section 4.9). */
    int came() {
        return ++unanswered;
    }

    /** Sends the acknowledgement now if nothing keeps it, or once its commit is on disk. */
    void add(Connection.Ack kind, int packetId, int reasonCode, long commit) {
        if (owed.isEmpty()) {
            if (gate.isOpen(commit)) {
                send(kind, packetId, reasonCode);
                return;
            }
            gate.await(this);
        }
        owed.add(new Owed(kind, packetId, reasonCode, commit));
    }

    /** Sends what may be sent. @return whether some are still owed. */
    boolean release() {
        Owed next = owed.peek();
        while (next != null && gate.isOpen(next.commit())) {
            owed.poll();
            send(next.kind(), next.packetId(), next.reasonCode());
            next = owed.peek();
        }
        return next != null;
    }

    private void send(Connection.Ack kind, int packetId, int reasonCode) {
        boolean ends = switch (kind) {
            case PUBACK, PUBCOMP -> true;
            case PUBREC -> reasonCode >= ReasonCode.FAILURE;
            case PUBREL -> false;
        };
        if (ends && unanswered > 0) {
            unanswered--;
        }
        connection.acknowledge(kind, packetId, reasonCode);
    }

    /** The connection is gone and so is what it was owed. */
    void clear() {
        owed.clear();
    }
}
