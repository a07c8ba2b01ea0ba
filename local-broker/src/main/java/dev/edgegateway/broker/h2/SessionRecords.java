package dev.edgegateway.broker.h2;

import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredWill;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.SubscriptionOptions.RetainHandling;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.Will;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a session: version, sent through, client id, expiry, end, count of filters, then options, identifier and
 * filter of each, then the Will with its delay and time if there is one. Layout 1 ends after the filters, which have only
 * a QoS in front, and has no expiry.
 */
final class SessionRecords {
    private static final int NO_LOCAL = 4;
    private static final int RETAIN_AS_PUBLISHED = 8;
    private static final int HANDLING_SHIFT = 4;
    private static final int[] NO_IDENTIFIERS = {};

    private SessionRecords() {}

    static byte[] write(SessionRecord session) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(Records.currentVersion());
            out.writeLong(session.sentThrough());
            PropertyRecord.text(out, session.clientId());
            out.writeLong(session.expirySeconds());
            out.writeLong(session.expiresAtMillis());
            out.writeInt(session.subscriptions().size());
            for (Map.Entry<TopicFilter, SubscriptionOptions> entry :
                    session.subscriptions().entrySet()) {
                SubscriptionOptions options = entry.getValue();
                out.writeByte(options.qos().level()
                        | (options.noLocal() ? NO_LOCAL : 0)
                        | (options.retainAsPublished() ? RETAIN_AS_PUBLISHED : 0)
                        | options.retainHandling().ordinal() << HANDLING_SHIFT);
                out.writeInt(options.identifier());
                PropertyRecord.text(out, entry.getKey().value());
            }
            StoredWill will = session.will();
            out.writeBoolean(will != null);
            if (will != null) {
                byte[] message = Records.delivery(
                        will.will().message(), will.will().message().qos(), false, NO_IDENTIFIERS);
                out.writeLong(will.will().delaySeconds());
                out.writeLong(will.dueAtMillis());
                out.writeInt(message.length);
                out.write(message);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static SessionRecord read(long number, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean first = Records.isBeforeMqtt5(Records.version(in));
        long sentThrough = in.getLong();
        String clientId = PropertyRecord.text(in);
        long expiry = first ? ConnectProperties.FOREVER : in.getLong();
        long expiresAt = first ? 0 : in.getLong();
        Map<TopicFilter, SubscriptionOptions> subscriptions = new LinkedHashMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            int bits = in.get();
            int identifier = first ? 0 : in.getInt();
            SubscriptionOptions options = new SubscriptionOptions(
                    Qos.of(bits & 3),
                    (bits & NO_LOCAL) != 0,
                    (bits & RETAIN_AS_PUBLISHED) != 0,
                    RetainHandling.of(bits >> HANDLING_SHIFT),
                    identifier);
            subscriptions.put(new TopicFilter(PropertyRecord.text(in)), options);
        }
        StoredWill will = first ? null : will(in);
        return new SessionRecord(number, clientId, sentThrough, subscriptions, expiry, expiresAt, will);
    }

    private static @Nullable StoredWill will(ByteBuffer in) {
        if (in.get() == 0) {
            return null;
        }
        long delay = in.getLong();
        long dueAt = in.getLong();
        byte[] message = new byte[in.getInt()];
        in.get(message);
        return new StoredWill(new Will(Records.delivery(0, message).message(), delay), dueAt);
    }
}
