package dev.edgegateway.broker.session;

import java.util.ArrayDeque;

/**
 * The acknowledgements one connection still owes, in the order in which MQTT wants them sent (3.1.1 section 4.6). Those
 * in front wait for a commit; those behind wait for them.
 */
final class AckQueue {
    private record Owed(Connection.Ack kind, int packetId, long commit) {}

    private final Connection connection;
    private final CommitGate gate;
    private final ArrayDeque<Owed> owed = new ArrayDeque<>();

    AckQueue(Connection connection, CommitGate gate) {
        this.connection = connection;
        this.gate = gate;
    }

    /** Sends the acknowledgement now if nothing keeps it, or once its commit is on disk. */
    void add(Connection.Ack kind, int packetId, long commit) {
        if (owed.isEmpty()) {
            if (gate.isOpen(commit)) {
                connection.acknowledge(kind, packetId);
                return;
            }
            gate.await(this);
        }
        owed.add(new Owed(kind, packetId, commit));
    }

    /** Sends what may be sent. @return whether some are still owed. */
    boolean release() {
        Owed next = owed.peek();
        while (next != null && gate.isOpen(next.commit())) {
            owed.poll();
            connection.acknowledge(next.kind(), next.packetId());
            next = owed.peek();
        }
        return next != null;
    }

    /** The connection is gone and so is what it was owed. */
    void clear() {
        owed.clear();
    }
}
