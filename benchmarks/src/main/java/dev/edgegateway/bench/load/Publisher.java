package dev.edgegateway.bench.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends the messages of one publisher and sees their acknowledgements come back in order (MQTT 3.1.1 section 4.6). */
final class Publisher implements Client {
    private static final int PACKET_IDS = 65535;

    private final Wire wire;
    private final int index;
    private final Shape shape;
    private final byte[] template;
    private final int payloadAt;
    private long sent;
    private long released;
    private long finished;

    Publisher(Wire wire, int index, Shape shape) {
        this.wire = wire;
        this.index = index;
        this.shape = shape;
        this.template = Packets.publish(topic(index), shape.payloadBytes(), shape.qos());
        this.payloadAt = template.length - shape.payloadBytes();
    }

    /** The topic of a publisher. */
    static String topic(int index) {
        return "bench/" + index;
    }

    /** What matches the topic of every publisher. */
    static String everyTopic() {
        return "bench/+";
    }

    /** Messages handed to the network so far; the last one has this sequence less one. */
    long sent() {
        return sent;
    }

    /** Whether all that was sent is acknowledged as its level wants it. */
    boolean isSettled() {
        return !wire.isBlocked() && (shape.qos() == 0 || finished == sent);
    }

    /**
     * Sends as many messages as it may, in one go, if these are enough to be worth it.
     *
     * @param through how far the slowest subscriber is.
     * @param last the number of messages to be sent in all.
     */
    void send(long through, long last) throws IOException {
        if (wire.isBlocked()) {
            return;
        }
        long room = shape.ahead() - (sent - through);
        if (shape.qos() > 0) {
            room = Math.min(room, shape.window() - (sent - finished));
        }
        long left = last - sent;
        if (room >= Math.min(shape.refill(), left) && left > 0) {
            long now = System.nanoTime();
            long count = Math.min(room, left);
            while (count > 0 && hasSpace()) {
                put(now);
                count--;
            }
            wire.flush();
        }
    }

    /** Sends one message, late or not: {@code dueNanos} travels with it. */
    void sendOne(long dueNanos) throws IOException {
        if (!hasSpace()) {
            throw new ProtocolException("the broker no longer reads");
        }
        put(dueNanos);
        wire.flush();
    }

    /** Whether a message fits, beside the PUBREL of each one in flight. */
    private boolean hasSpace() {
        return wire.out().remaining() >= template.length + Integer.BYTES * shape.window();
    }

    private void put(long nanos) {
        ByteBuffer out = wire.out();
        int start = out.position();
        out.put(template);
        int payload = start + payloadAt;
        if (shape.qos() > 0) {
            out.putShort(payload - Short.BYTES, (short) packetId(sent));
        }
        out.putInt(payload, index);
        out.putLong(payload + Integer.BYTES, sent);
        out.putLong(payload + Integer.BYTES + Long.BYTES, nanos);
        sent++;
    }

    private static int packetId(long sequence) {
        return (int) (sequence % PACKET_IDS) + 1;
    }

    @Override
    public void ready() throws IOException {
        if (wire.isBlocked()) {
            wire.flush();
        }
        if (wire.out().remaining() >= Integer.BYTES * shape.window()) {
            wire.read(this::onPacket);
            wire.flush();
        }
    }

    private void onPacket(int header, ByteBuffer buffer, int from, int to) {
        if (to - from != Short.BYTES) {
            throw new ProtocolException("packet 0x%02x to a publisher".formatted(header));
        }
        int packetId = buffer.getShort(from) & 0xFFFF;
        switch (header) {
            case Packets.PUBACK -> finished = next(finished, packetId, "PUBACK");
            case Packets.PUBREC -> {
                released = next(released, packetId, "PUBREC");
                wire.out().putInt(Packets.acknowledgement(Packets.PUBREL, packetId));
            }
            case Packets.PUBCOMP -> finished = next(finished, packetId, "PUBCOMP");
            default -> throw new ProtocolException("packet 0x%02x to a publisher".formatted(header));
        }
    }

    private long next(long count, int packetId, String what) {
        if (count == sent || packetId != packetId(count)) {
            throw new ProtocolException(what + " " + packetId + " out of turn");
        }
        return count + 1;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
