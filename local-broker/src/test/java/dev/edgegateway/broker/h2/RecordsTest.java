package dev.edgegateway.broker.h2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerStore.SessionRecord;
import dev.edgegateway.broker.BrokerStore.StoredDelivery;
import dev.edgegateway.broker.BrokerStore.StoredWill;
import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.MessageProperties.UserProperty;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.SubscriptionOptions.RetainHandling;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.Will;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final MessageProperties PROPERTIES = new MessageProperties(
            1,
            0xFFFF_FFFFL,
            1_800_000_000_000L,
            "text/plain",
            new TopicName("reply/ü"),
            new byte[] {0, 1, -1},
            List.of(new UserProperty("b", "1"), new UserProperty("a", ""), new UserProperty("b", "2")));

    private static Message message(MessageProperties properties) {
        byte[] payload = "payload".getBytes(StandardCharsets.UTF_8);
        return new Message(new TopicName("t/ü"), payload, Qos.EXACTLY_ONCE, true, properties);
    }

    private static void assertSame(Message expected, Message found) {
        assertEquals(expected.topic(), found.topic());
        assertArrayEquals(expected.payload(), found.payload());
        assertEquals(expected.qos(), found.qos());
        assertEquals(expected.retain(), found.retain());
        MessageProperties a = expected.properties();
        MessageProperties b = found.properties();
        assertArrayEquals(a.correlationData(), b.correlationData());
        assertEquals(a.payloadFormat(), b.payloadFormat());
        assertEquals(a.expirySeconds(), b.expirySeconds());
        assertEquals(a.expiresAtMillis(), b.expiresAtMillis());
        assertEquals(a.contentType(), b.contentType());
        assertEquals(a.responseTopic(), b.responseTopic());
        assertEquals(a.userProperties(), b.userProperties());
    }

    @Test
    void aDeliveryIsReadAsItWasWritten() {
        for (MessageProperties properties : List.of(PROPERTIES, MessageProperties.EMPTY)) {
            for (int[] ids : new int[][] {{}, {1, 268_435_455}}) {
                Message message = message(properties);
                StoredDelivery read = Records.delivery(7, Records.delivery(message, Qos.AT_LEAST_ONCE, false, ids));
                assertEquals(7, read.sequence());
                assertEquals(Qos.AT_LEAST_ONCE, read.qos());
                assertArrayEquals(ids, read.identifiers());
                assertSame(message, read.message());
            }
        }
    }

    @Test
    void aReleasedDeliveryKeepsOnlyItsPlace() {
        byte[] released =
                Records.released(Records.delivery(message(PROPERTIES), Qos.EXACTLY_ONCE, false, new int[] {1}));
        StoredDelivery read = Records.delivery(7, released);
        assertTrue(read.released());
        assertEquals(0, read.message().payload().length);
        assertEquals(Qos.EXACTLY_ONCE, read.qos());
    }

    @Test
    void aSessionIsReadAsItWasWritten() {
        var options = new SubscriptionOptions(Qos.EXACTLY_ONCE, true, true, RetainHandling.NEVER, 268_435_455);
        var will = new StoredWill(new Will(message(PROPERTIES), 0xFFFF_FFFFL), 5);
        var session = new SessionRecord(
                3,
                "client",
                9,
                Map.of(
                        new TopicFilter("$share/g/a/#"),
                        options,
                        new TopicFilter("b"),
                        SubscriptionOptions.of(Qos.AT_MOST_ONCE)),
                60,
                1_800_000_000_000L,
                will);
        SessionRecord read = SessionRecords.read(3, SessionRecords.write(session));
        assertEquals(session.subscriptions(), read.subscriptions());
        assertEquals(session.clientId(), read.clientId());
        assertEquals(session.sentThrough(), read.sentThrough());
        assertEquals(session.expirySeconds(), read.expirySeconds());
        assertEquals(session.expiresAtMillis(), read.expiresAtMillis());
        StoredWill found = Objects.requireNonNull(read.will());
        assertEquals(5, found.dueAtMillis());
        assertEquals(0xFFFF_FFFFL, found.will().delaySeconds());
        assertSame(will.will().message(), found.will().message());
    }

    private static MVMap<Long, byte[]> byNumber(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<Long, byte[]>().keyType(LongDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE));
    }

    private static MVMap<String, byte[]> byText(MVStore store, String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** Bytes as the layout before MQTT 5.0 wrote them. */
    @Test
    void aStoreOfLayout1StillOpens() {
        try (MVStore store = new MVStore.Builder().open()) {
            byNumber(store, "broker.sessions")
                    .put(
                            1L,
                            HexFormat.of()
                                    .parseHex("01" + "0000000000000002" + "0003" + "616263" + "00000001" + "02" + "0003"
                                            + "612f23"));
            byNumber(store, "broker.deliveries")
                    .put(1L << 40 | 3, HexFormat.of().parseHex("01" + "09" + "0003" + "612f62" + "6869"));
            byText(store, "broker.retained").put("r", HexFormat.of().parseHex("01" + "45" + "0001" + "72" + "6869"));
            H2BrokerStore opened = H2BrokerStore.open(store, (change, prompt) -> {
                change.run();
                return 1;
            });
            var session = opened.sessions().getFirst();
            assertEquals("abc", session.record().clientId());
            assertEquals(2, session.record().sentThrough());
            assertEquals(ConnectProperties.FOREVER, session.record().expirySeconds());
            assertEquals(0, session.record().expiresAtMillis());
            assertNull(session.record().will());
            assertEquals(
                    Map.of(new TopicFilter("a/#"), SubscriptionOptions.of(Qos.EXACTLY_ONCE)),
                    session.record().subscriptions());
            StoredDelivery delivery = session.deliveries().getFirst();
            assertEquals(3, delivery.sequence());
            assertEquals(Qos.EXACTLY_ONCE, delivery.qos());
            assertEquals(Qos.AT_LEAST_ONCE, delivery.message().qos());
            assertEquals("hi", new String(delivery.message().payload(), StandardCharsets.UTF_8));
            Message retained = opened.retained().getFirst();
            assertEquals("r", retained.topic().value());
            assertTrue(retained.retain());
        }
    }

    @Test
    void aLaterLayoutIsRefusedWithWhatToDo() {
        var refusal =
                assertThrows(IllegalStateException.class, () -> Records.delivery(1, new byte[] {3, 0, 0, 1, 't'}));
        assertTrue(String.valueOf(refusal.getMessage()).contains("layout 3"), refusal::getMessage);
    }
}
