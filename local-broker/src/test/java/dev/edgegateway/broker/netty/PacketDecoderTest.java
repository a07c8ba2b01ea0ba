package dev.edgegateway.broker.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.MessageProperties;
import dev.edgegateway.broker.MessageProperties.UserProperty;
import dev.edgegateway.broker.Packet5;
import dev.edgegateway.broker.Packet5.Will5;
import dev.edgegateway.broker.Props;
import dev.edgegateway.broker.TestClient;
import dev.edgegateway.broker.session.PacketException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The decoder without sockets: what it takes, and by the byte what it does not. */
class PacketDecoderTest {
    private static final BrokerSettings SETTINGS = BrokerSettings.onPort("127.0.0.1", 0);
    private static final String CONNECT_31 = "10 0f 0006 4d5149736470 03 02 0000 0001 63";
    private static final String CONNECT_311 = "10 0d 0004 4d515454 04 02 0000 0001 63";
    private static final String CONNECT_5 = "10 0e 0004 4d515454 05 02 0000 00 0001 63";

    private final PacketDecoder.Workbench workbench = new PacketDecoder.Workbench();
    private PacketDecoder decoder = fresh();
    private final RecordingReceiver receiver = new RecordingReceiver();

    private PacketDecoder fresh() {
        return new PacketDecoder(SETTINGS, workbench, "tcp", "peer");
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private void feed(String hex) {
        feed(bytes(hex));
    }

    private void feed(byte[] bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(bytes);
        while (decoder.decode(in, receiver)) {
            continue;
        }
        assertFalse(in.isReadable(), "incomplete");
    }

    private DisconnectReason refusal(int level, String hex) {
        if (level > 0) {
            feed(level == 3 ? CONNECT_31 : level == 4 ? CONNECT_311 : CONNECT_5);
        }
        int before = receiver.packets.size();
        PacketException refusal = assertThrows(PacketException.class, () -> feed(hex));
        assertEquals(before, receiver.packets.size(), "nothing of it is handed over");
        return refusal.reason();
    }

    @ParameterizedTest(name = "{0}: {2} {3}")
    @CsvSource({
        // fixed header: reserved types and flags
        "0, PROTOCOL_ERROR, 'c000', a packet before CONNECT",
        "4, PROTOCOL_ERROR, '0000', type 0",
        "5, PROTOCOL_ERROR, '0000', type 0",
        "4, MALFORMED_PACKET, 'f000', type 15",
        "4, PROTOCOL_ERROR, '20020000', CONNACK",
        "5, PROTOCOL_ERROR, '9003000000', SUBACK",
        "5, PROTOCOL_ERROR, 'b003000100', UNSUBACK",
        "4, PROTOCOL_ERROR, 'd000', PINGRESP",
        "0, MALFORMED_PACKET, '110d00044d5154540402000000 0163', CONNECT with flags",
        "4, MALFORMED_PACKET, '41020001', PUBACK with flags",
        "4, MALFORMED_PACKET, '52020001', PUBREC with flags",
        "4, MALFORMED_PACKET, '60020001', PUBREL without its flags",
        "4, MALFORMED_PACKET, '6a020001', PUBREL with DUP",
        "4, MALFORMED_PACKET, '78020001', PUBCOMP with flags",
        "4, MALFORMED_PACKET, '8006000100017400', SUBSCRIBE without its flags",
        "4, MALFORMED_PACKET, '8a06000100017400', SUBSCRIBE with DUP",
        "4, MALFORMED_PACKET, 'a00500010001 74', UNSUBSCRIBE without its flags",
        "4, MALFORMED_PACKET, 'c100', PINGREQ with flags",
        "4, MALFORMED_PACKET, 'e800', DISCONNECT with flags",
        "5, MALFORMED_PACKET, 'f100', AUTH with flags",
        // lengths
        "4, MALFORMED_PACKET, '30ffffffff01', a remaining length of five bytes",
        "5, MALFORMED_PACKET, 'c08000', a remaining length longer than it needs",
        "4, PACKET_TOO_LARGE, '30ffffff7f', a packet too large",
        "4, MALFORMED_PACKET, 'c00100', PINGREQ with a body",
        "4, MALFORMED_PACKET, 'e00100', DISCONNECT of 3.1.1 with a body",
        "4, MALFORMED_PACKET, '40020000', packet id 0",
        "4, MALFORMED_PACKET, '400101', PUBACK too short",
        "4, MALFORMED_PACKET, '4003000100', PUBACK too long",
        "5, MALFORMED_PACKET, '40050001000100', PUBACK with bytes behind its properties",
        // PUBLISH
        "4, MALFORMED_PACKET, '3605000174000178', QoS 3",
        "4, MALFORMED_PACKET, '3803000174', DUP at QoS 0",
        "4, MALFORMED_PACKET, '3205000174 0000', packet id 0",
        "4, MALFORMED_PACKET, '3202000 0', an empty topic",
        "4, MALFORMED_PACKET, '3204000174 00', no room for the packet id",
        "4, MALFORMED_PACKET, '3003000574', a topic longer than the packet",
        "4, INVALID_TOPIC, '300400022b 61', a wildcard",
        "4, INVALID_TOPIC, '3005000361 2f23', a wildcard",
        "4, INVALID_TOPIC, '3004000261 2b', a plus inside a level",
        "5, PROTOCOL_ERROR, '3003000000', neither topic nor alias",
        "5, MALFORMED_PACKET, '300400017405', properties longer than the packet",
        "5, MALFORMED_PACKET, '300500017401 01', a property id alone",
        "5, MALFORMED_PACKET, '3003000174', no property length",
        "5, MALFORMED_PACKET, '3009000174050b0 10101ff', a subscription identifier from a client",
        "5, MALFORMED_PACKET, '300600017402 7f00', an unknown property",
        "5, PROTOCOL_ERROR, '3008000174 0401010100', the payload format twice",
        "5, PROTOCOL_ERROR, '3006000174020102', payload format 2",
        "5, PROTOCOL_ERROR, '3008000174040800 012b', a wildcard in the response topic",
        "5, MALFORMED_PACKET, '30070001740302 0000', a property longer than the properties",
        // strings
        "4, MALFORMED_PACKET, '30040002c080', an overlong U+0000",
        "4, MALFORMED_PACKET, '30040002c1bf', an overlong form",
        "4, MALFORMED_PACKET, '30050003eda080', a surrogate",
        "4, MALFORMED_PACKET, '30050003edbfbf', a surrogate",
        "4, MALFORMED_PACKET, '30060004f4908080', past U+10FFFF",
        "4, MALFORMED_PACKET, '30040002c3 28', a broken sequence",
        "4, MALFORMED_PACKET, '3003000180', a lone continuation",
        "4, MALFORMED_PACKET, '30050003e282 61', a cut sequence",
        "4, MALFORMED_PACKET, '30050003610062', U+0000",
        // SUBSCRIBE and UNSUBSCRIBE
        "4, PROTOCOL_ERROR, '82020001', no filter",
        "5, PROTOCOL_ERROR, '8203000100', no filter",
        "4, PROTOCOL_ERROR, 'a2020001', no filter",
        "4, MALFORMED_PACKET, '82060000000174 00', packet id 0",
        "4, MALFORMED_PACKET, '820500010001 74', no options",
        "4, MALFORMED_PACKET, '8206000100017403', QoS 3",
        "4, MALFORMED_PACKET, '8206000100017404', reserved options of 3.1.1",
        "5, MALFORMED_PACKET, '820700010000017440', reserved options",
        "5, MALFORMED_PACKET, '820700010000017480', reserved options",
        "5, MALFORMED_PACKET, '820700010000017430', retain handling 3",
        "5, MALFORMED_PACKET, '820700010000017403', QoS 3",
        "5, PROTOCOL_ERROR, '82090001020b0000017400', subscription identifier 0",
        "5, MALFORMED_PACKET, '820c0001050bffffffff0 10001740 0', subscription identifier of five bytes",
        "5, PROTOCOL_ERROR, '820b0001040b010b0200017400', two subscription identifiers",
        "4, MALFORMED_PACKET, '820500010000 00', an empty filter",
        "4, MALFORMED_PACKET, '8208000100032361 2f00', # not at the end",
        "4, MALFORMED_PACKET, '82070001000261 2300', # inside a level",
        "4, MALFORMED_PACKET, '82070001000261 2b00', + inside a level",
        "4, MALFORMED_PACKET, 'a2060001000261 2b', + inside a level",
        // reason codes
        "5, MALFORMED_PACKET, '4003000101', PUBACK with an unknown reason",
        "5, MALFORMED_PACKET, '6203000110', PUBREL with PUBACK's reason",
        "5, MALFORMED_PACKET, 'e00101', DISCONNECT with an unknown reason",
        "5, MALFORMED_PACKET, 'e0018e', DISCONNECT with a reason only the broker has",
        "5, MALFORMED_PACKET, 'e00400021f0000', DISCONNECT with a cut property",
        "5, MALFORMED_PACKET, 'f00101', AUTH with an unknown reason",
        // a second CONNECT
        "4, PROTOCOL_ERROR, '100d00044d5154540402000000 0163', a second CONNECT",
    })
    void whatMqttDoesNotAllowIsRefused(int level, DisconnectReason reason, String hex, @Nullable String what) {
        assertEquals(reason, refusal(level, hex), what);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "10 0d 0004 4d515454 04 03 0000 0001 63", // reserved connect flag
                "10 0e 0004 4d515454 05 03 0000 00 0001 63",
                "10 0d 0004 4d515454 04 0a 0000 0001 63", // Will QoS without a Will
                "10 0d 0004 4d515454 04 22 0000 0001 63", // Will retain without a Will
                "10 13 0004 4d515454 04 1e 0000 0001 63 0001 77 0001 78", // Will QoS 3
                "10 10 0004 4d515454 04 42 0000 0001 63 0001 70", // password without a name
                "10 0d 0004 4d515454 04 82 0000 0001 63", // a user name announced and not there
                "10 0e 0004 4d515454 04 02 0000 0001 63 00", // a byte too many
                "10 0b 0004 4d515454 04 02 0000 00", // too short
                "10 0a 0003 4d5154 04 02 0000 0001 63", // another protocol
                "10 0d 0004 6d717474 04 02 0000 0001 63",
                "10 13 0004 4d515454 04 06 0000 0001 63 0001 2b 0001 78", // a Will topic with a wildcard
                "10 12 0004 4d515454 04 06 0000 0001 63 0000 0001 78", // an empty Will topic
                "10 0f 0004 4d515454 04 02 0000 0003 61 00 62", // U+0000 in the client id
                "10 10 0004 4d515454 05 02 0000 02 2101 0001 63", // a cut property
                "10 13 0004 4d515454 05 02 0000 05 2700000000 0001 63", // maximum packet size 0
                "10 10 0004 4d515454 05 02 0000 02 1702 0001 63", // request problem information 2
                "10 12 0004 4d515454 05 02 0000 04 16000178 0001 63", // authentication data alone
                "10 12 0004 4d515454 05 02 0000 04 22000122 0001 63",
                "10 10 0004 4d515454 05 02 0000 02 0101 0001 63", // a property of PUBLISH
            })
    void aConnectThatIsWrongIsRefused(String hex) {
        assertThrows(PacketException.class, () -> feed(hex));
        assertTrue(receiver.packets.isEmpty());
    }

    @Test
    void connectIsReadWithAllItCanSay() {
        Props props = Props.of(0x11, 0xFFFFFFFFL)
                .with(0x21, 10)
                .with(0x27, 1000)
                .with(0x22, 5)
                .with(0x19, 1)
                .with(0x17, 0)
                .user("a", "b");
        Will5 will = new Will5(
                "will/topic", "gone", 2, true, Props.of(0x18, 7).with(0x02, 9).with(0x03, "text"));
        feed(Packet5.connect("name", true, 300, props, will));
        ConnectRequest request = assertInstanceOf(ConnectRequest.class, receiver.packets.getFirst());
        assertEquals("name", request.clientId());
        assertEquals(5, request.protocolLevel());
        assertTrue(request.cleanSession());
        assertEquals(300, request.keepAliveSeconds());
        assertEquals(0xFFFFFFFFL, request.properties().sessionExpirySeconds());
        assertEquals(10, request.properties().receiveMaximum());
        assertEquals(1000, request.properties().maximumPacketSize());
        assertEquals(5, request.properties().topicAliasMaximum());
        assertFalse(request.properties().requestProblemInformation());
        assertEquals(List.of(new UserProperty("a", "b")), request.properties().userProperties());
        var read = Objects.requireNonNull(request.will());
        assertEquals(7, read.delaySeconds());
        assertEquals(2, read.message().qos().level());
        assertTrue(read.message().retain());
        assertEquals(9, read.message().properties().expirySeconds());
        assertEquals("text", read.message().properties().contentType());
    }

    @Test
    void mqtt31MayLeaveOutWhatItsFlagsAnnounce() {
        feed("10 0f 0006 4d5149736470 03 c2 0000 0001 63");
        ConnectRequest request = assertInstanceOf(ConnectRequest.class, receiver.packets.getFirst());
        assertEquals(null, request.userName());
        assertEquals(null, request.password());
    }

    @Test
    void a5ClientMaySendAPasswordAlone() {
        feed("10 11 0004 4d515454 05 42 0000 00 0001 63 0001 70");
        ConnectRequest request = assertInstanceOf(ConnectRequest.class, receiver.packets.getFirst());
        assertArrayEquals(new byte[] {'p'}, request.password());
    }

    @Test
    void publishIsReadByteByByteAsWellAsAtOnce() {
        feed(CONNECT_5);
        byte[] packet = Packet5.publish(
                "a/ü/🙂/\uFEFFx", "payload", 2, 77, Props.of(0x02, 5).user("k", "v"));
        ByteBuf in = Unpooled.buffer();
        for (int i = 0; i < packet.length - 1; i++) {
            in.writeByte(packet[i]);
            assertFalse(decoder.decode(in, receiver));
            assertEquals(0, in.readerIndex());
        }
        in.writeByte(packet[packet.length - 1]);
        assertTrue(decoder.decode(in, receiver));
        var publish = assertInstanceOf(RecordingReceiver.Publish.class, receiver.packets.getLast());
        assertEquals("a/ü/🙂/\uFEFFx", publish.message().topic().value());
        assertEquals("payload", new String(publish.message().payload(), StandardCharsets.UTF_8));
        assertEquals(77, publish.packetId());
        assertEquals(5, publish.message().properties().expirySeconds());
    }

    @Test
    void aTopicMetBeforeIsNotMadeAgain() {
        feed(CONNECT_5);
        feed(Packet5.publish("some/topic", "1", 0, 0, Props.none()));
        feed(Packet5.publish("some/topic", "2", 0, 0, Props.none()));
        var first = (RecordingReceiver.Publish) receiver.packets.get(1);
        var second = (RecordingReceiver.Publish) receiver.packets.get(2);
        assertSame(first.message().topic(), second.message().topic());
        assertSame(MessageProperties.EMPTY, second.message().properties());
    }

    @Test
    void theLargestPacketIsTakenAndOneByteMoreIsNotWaitedFor() {
        var small = new BrokerSettings(SETTINGS.listeners(), true, 100, 1, 1, 1, 1, 1, 1, 1, SETTINGS.connectTimeout());
        decoder = new PacketDecoder(small, workbench, "tcp", "peer");
        feed(CONNECT_311);
        feed(TestClient.publishPacket("t", "x".repeat(95), 0, false, false, 0));
        ByteBuf header = Unpooled.wrappedBuffer(bytes("30 63"));
        PacketException refusal = assertThrows(PacketException.class, () -> decoder.decode(header, receiver));
        assertEquals(DisconnectReason.PACKET_TOO_LARGE, refusal.reason());
    }

    @Test
    void smallPacketsOf5AreReadShortAndLong() {
        feed(CONNECT_5);
        feed("4002 0001  4003 000210  4004 000397 00  5004 0004 00 00  62 0b 0005 92 07 2600016b000176");
        feed("e000  e00100  e007 00 05 11 00000009  c000");
        feed("82 09 0001 02 0b05 0001 74 2d  a2 06 0002 00 0001 74");
        assertEquals(
                List.of(
                        "PUBACK 1 0",
                        "PUBACK 2 16",
                        "PUBACK 3 151",
                        "PUBREC 4 0",
                        "PUBREL 5 146",
                        "DISCONNECT 0 -1",
                        "DISCONNECT 0 -1",
                        "DISCONNECT 0 9",
                        "PINGREQ"),
                receiver.packets.subList(1, 10));
        assertEquals(12, receiver.packets.size());
    }
}
