package dev.edgegateway.broker.h2;

import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.MessageProperties.UserProperty;
import dev.edgegateway.broker.TopicName;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a message's properties: payload format, expiry, end of its time, flags for content type, response topic
 * and correlation data, those that are there, count of user properties, those. A text has its length in front.
 */
final class PropertyRecord {
    private static final int CONTENT_TYPE = 1;
    private static final int RESPONSE_TOPIC = 2;
    private static final int CORRELATION_DATA = 4;

    private PropertyRecord() {}

    static byte[] write(MessageProperties properties) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            String contentType = properties.contentType();
            TopicName responseTopic = properties.responseTopic();
            byte[] correlation = properties.correlationData();
            out.writeByte(properties.payloadFormat());
            out.writeLong(properties.expirySeconds());
            out.writeLong(properties.expiresAtMillis());
            out.writeByte((contentType == null ? 0 : CONTENT_TYPE)
                    | (responseTopic == null ? 0 : RESPONSE_TOPIC)
                    | (correlation == null ? 0 : CORRELATION_DATA));
            if (contentType != null) {
                text(out, contentType);
            }
            if (responseTopic != null) {
                text(out, responseTopic.value());
            }
            if (correlation != null) {
                out.writeShort(correlation.length);
                out.write(correlation);
            }
            out.writeInt(properties.userProperties().size());
            for (UserProperty property : properties.userProperties()) {
                text(out, property.name());
                text(out, property.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static MessageProperties read(ByteBuffer in) {
        int payloadFormat = in.get();
        long expirySeconds = in.getLong();
        long expiresAtMillis = in.getLong();
        int there = in.get();
        String contentType = (there & CONTENT_TYPE) == 0 ? null : text(in);
        TopicName responseTopic = (there & RESPONSE_TOPIC) == 0 ? null : new TopicName(text(in));
        byte @Nullable [] correlation = (there & CORRELATION_DATA) == 0 ? null : binary(in);
        int count = in.getInt();
        List<UserProperty> userProperties = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            userProperties.add(new UserProperty(text(in), text(in)));
        }
        return new MessageProperties(
                payloadFormat, expirySeconds, expiresAtMillis, contentType, responseTopic, correlation, userProperties);
    }

    static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static String text(ByteBuffer in) {
        return new String(binary(in), StandardCharsets.UTF_8);
    }

    private static byte[] binary(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return bytes;
    }
}
