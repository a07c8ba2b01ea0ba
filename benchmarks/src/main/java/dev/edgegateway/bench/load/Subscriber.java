package dev.edgegateway.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Receives everything, acknowledges as its level wants it, and checks that nothing is missing. */
final class Subscriber implements Client {
    /** Is told of every message. */
    @FunctionalInterface
    interface Listener {
        /** @param sentNanos when the message was due to be sent, by {@link System#nanoTime}. */
        void arrived(long sentNanos);
    }

    private final Wire wire;
    private final Arrivals arrivals;
    private final Listener listener;

    Subscriber(Wire wire, int publishers, Listener listener) {
        this.wire = wire;
        this.arrivals = new Arrivals(publishers);
        this.listener = listener;
    }

    Arrivals arrivals() {
        return arrivals;
    }

    @Override
    public void ready() throws IOException {
        if (wire.isBlocked()) {
            wire.flush();
        }
        // Acknowledgements are shorter than what they answer, so with an empty buffer they always fit.
        if (!wire.isBlocked()) {
            wire.read(this::onPacket);
            wire.flush();
        }
    }

    private void onPacket(int header, ByteBuffer buffer, int from, int to) {
        switch (header & 0xF0) {
            case Packets.PUBLISH -> onPublish(header >> 1 & 3, buffer, from, to);
            case Packets.PUBREL & 0xF0 ->
                wire.out().putInt(Packets.acknowledgement(Packets.PUBCOMP, buffer.getShort(from) & 0xFFFF));
            default -> throw new ProtocolException("packet 0x%02x to a subscriber".formatted(header));
        }
    }

    private void onPublish(int qos, ByteBuffer buffer, int from, int to) {
        int at = from + Short.BYTES + (buffer.getShort(from) & 0xFFFF);
        if (qos > 0) {
            int packetId = buffer.getShort(at) & 0xFFFF;
            at += Short.BYTES;
            wire.out().putInt(Packets.acknowledgement(qos == 1 ? Packets.PUBACK : Packets.PUBREC, packetId));
        }
        if (to - at < Shape.MIN_PAYLOAD) {
            throw new ProtocolException("a message of " + (to - at) + " bytes that no publisher here sent");
        }
        arrivals.add(buffer.getInt(at), buffer.getLong(at + Integer.BYTES));
        listener.arrived(buffer.getLong(at + Integer.BYTES + Long.BYTES));
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
