package dev.edgegateway.forward.h2;

import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.OutboundMessage;
import dev.edgegateway.forward.Stamp;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message as it stands in the store: version, flags, stamp, topic, payload. The README of the module has the layout.
 * All methods are pure; any thread.
 */
final class OutboundRecord {
    private static final byte VERSION = 1;

    private static final int QOS_MASK = 0x03;
    private static final int RETAIN = 0x04;
    private static final int SYNCHRONISED = 0x08;
    private static final int KNOWN_FLAGS = QOS_MASK | RETAIN | SYNCHRONISED;

    /** Version, flags, boot id, monotonic time, wall time, length of the topic. */
    private static final int HEADER_BYTES = 1 + 1 + 8 + 8 + 8 + 2;

    private static final int STAMP_AT = 2;
    private static final int TOPIC_LENGTH_AT = HEADER_BYTES - 2;

    private OutboundRecord() {}

    /** @param topic of the draft in UTF-8, at most 65,535 bytes. */
    static byte[] encode(OutboundDraft draft, byte[] topic, Stamp stamp) {
        int flags = draft.qos() | (draft.retain() ? RETAIN : 0) | (stamp.synchronised() ? SYNCHRONISED : 0);
        return ByteBuffer.allocate(HEADER_BYTES + topic.length + draft.payload().length)
                .put(VERSION)
                .put((byte) flags)
                .putLong(stamp.bootId())
                .putLong(stamp.monotonicMillis())
                .putLong(stamp.wallMillis())
                .putShort((short) topic.length)
                .put(topic)
                .put(draft.payload())
                .array();
    }

    /** @throws DamagedRecordException if this is no record. */
    static OutboundMessage decode(long id, byte[] stored) {
        int flags = flags(id, stored);
        ByteBuffer in = ByteBuffer.wrap(stored).position(TOPIC_LENGTH_AT);
        try {
            byte[] topic = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(topic);
            byte[] payload = new byte[in.remaining()];
            in.get(payload);
            return new OutboundMessage(
                    id,
                    new String(topic, StandardCharsets.UTF_8),
                    payload,
                    flags & QOS_MASK,
                    (flags & RETAIN) != 0,
                    stamp(id, stored));
        } catch (BufferUnderflowException e) {
            throw new DamagedRecordException(id, "its topic is longer than the record of " + stored.length + " bytes");
        }
    }

    /** @throws DamagedRecordException if this is no record. */
    static Stamp stamp(long id, byte[] stored) {
        int flags = flags(id, stored);
        ByteBuffer in = ByteBuffer.wrap(stored).position(STAMP_AT);
        return new Stamp(in.getLong(), in.getLong(), in.getLong(), (flags & SYNCHRONISED) != 0);
    }

    private static int flags(long id, byte[] stored) {
        if (stored.length < HEADER_BYTES) {
            throw new DamagedRecordException(id, "it has " + stored.length + " bytes, a header alone " + HEADER_BYTES);
        }
        if (stored[0] != VERSION) {
            throw new DamagedRecordException(id, "its version is " + stored[0] + ", known is " + VERSION);
        }
        int flags = stored[1];
        if ((flags & ~KNOWN_FLAGS) != 0 || (flags & QOS_MASK) == QOS_MASK) {
            throw new DamagedRecordException(id, "its flags are " + flags);
        }
        return flags;
    }

    /** What the message counts for in the bounds, the same as {@link OutboundMessage#size()}; never fails. */
    static int size(byte[] stored) {
        if (stored.length < HEADER_BYTES) {
            return stored.length + OutboundMessage.OVERHEAD_BYTES;
        }
        int topicBytes = Short.toUnsignedInt(ByteBuffer.wrap(stored).getShort(TOPIC_LENGTH_AT));
        int topicEnd = Math.min(HEADER_BYTES + topicBytes, stored.length);
        int chars = 0;
        for (int i = HEADER_BYTES; i < topicEnd; i++) {
            int octet = stored[i] & 0xFF;
            // In UTF-8 each byte but 10xxxxxx begins a character, and 11110xxx one that takes two chars in Java.
            if ((octet & 0xC0) != 0x80) {
                chars += octet >= 0xF0 ? 2 : 1;
            }
        }
        return chars + stored.length - topicEnd + OutboundMessage.OVERHEAD_BYTES;
    }

    /** A stored message that cannot be read; the rest of the queue is not affected. */
    static final class DamagedRecordException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DamagedRecordException(long id, String why) {
            super("Stored message " + id + " cannot be read: " + why);
        }
    }
}
