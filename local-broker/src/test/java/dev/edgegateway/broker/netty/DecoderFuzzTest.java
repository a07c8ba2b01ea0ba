package dev.edgegateway.broker.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Packet5;
import dev.edgegateway.broker.Packet5.Will5;
import dev.edgegateway.broker.Props;
import dev.edgegateway.broker.TestClient;
import dev.edgegateway.broker.session.BrokerCore;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.session.PacketException;
import dev.edgegateway.broker.session.Timeline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random and mutated packets, with fixed seeds so that a failure can be repeated. */
class DecoderFuzzTest {
    private static final BrokerSettings SETTINGS = BrokerSettings.onPort("127.0.0.1", 0);

    private static final List<byte[]> CONNECTS = List.of(
            TestClient.connectPacket("c", true, 10, new Object[] {"w", "x", 0x08}),
            TestClient.connectPacket("d", false, 0, null),
            Packet5.connect("e", true, 5, Props.of(0x21, 3).with(0x22, 2).user("a", "b")),
            Packet5.connect(
                    "f", false, 0, Props.of(0x11, 9).with(0x27, 50), new Will5("w", "x", 1, true, Props.of(0x18, 1))));

    private static final List<byte[]> PACKETS = List.of(
            TestClient.publishPacket("a/b", "payload", 0, true, false, 0),
            TestClient.publishPacket("a/b", "payload", 1, false, true, 7),
            TestClient.publishPacket("ü/c", "payload", 2, false, false, 8),
            Packet5.publish("a/b", "x", 2, 1, Props.of(0x23, 3).user("k", "v").with(0x02, 60)),
            Packet5.publish("", "x", 0, 0, Props.of(0x23, 3)),
            Packet5.publish(
                    "t",
                    "x",
                    4,
                    2,
                    Props.of(0x01, 1).with(0x03, "type").with(0x08, "r").with(0x09, "cd")),
            Packet5.subscribe(3, Props.of(0x0B, 5), "a/+", 2, "$share/g/#", 1, "#", 0x2D),
            Packet5.unsubscribe(4, "a/+", "x"),
            TestClient.packet(0x82, new byte[] {0, 9, 0, 1, '#', 2}),
            TestClient.packet(0xA2, new byte[] {0, 9, 0, 1, '#'}),
            TestClient.packet(0x40, new byte[] {0, 1}),
            TestClient.packet(0x50, new byte[] {0, 1}),
            TestClient.packet(0x62, new byte[] {0, 8}),
            TestClient.packet(0x70, new byte[] {0, 1, 0, 0}),
            TestClient.packet(0xC0, new byte[0]),
            Packet5.disconnect(4, Props.of(0x11, 5)),
            TestClient.packet(0xF0, new byte[] {0x18, 0}));

    private static byte[] mutated(byte[] packet, Random random) {
        byte[] bytes = packet.clone();
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, random.nextInt(bytes.length + 4)));
                default -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0);
            }
        }
        return bytes;
    }

    private static byte[] conversation(Random random, boolean wild) {
        var out = new ByteArrayOutputStream();
        byte[] connect = CONNECTS.get(random.nextInt(CONNECTS.size()));
        out.writeBytes(random.nextInt(8) == 0 ? mutated(connect, random) : connect);
        for (int i = random.nextInt(8); i > 0; i--) {
            byte[] packet = PACKETS.get(random.nextInt(PACKETS.size()));
            out.writeBytes(wild && random.nextInt(3) == 0 ? mutated(packet, random) : packet);
        }
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            out.writeBytes(noise);
        }
        return out.toByteArray();
    }

    @Test
    void theDecoderTakesOrRefusesWhateverComes() {
        Random random = new Random(20261121);
        PacketDecoder.Workbench workbench = new PacketDecoder.Workbench();
        int taken = 0;
        int refused = 0;
        for (int round = 0; round < 100_000; round++) {
            PacketDecoder decoder = new PacketDecoder(SETTINGS, workbench, "tcp", "peer");
            RecordingReceiver receiver = new RecordingReceiver();
            ByteBuf in = Unpooled.wrappedBuffer(conversation(random, true));
            try {
                while (decoder.decode(in, receiver)) {
                    taken++;
                }
            } catch (PacketException violation) {
                refused++;
            }
        }
        assertTrue(taken > 100_000 && refused > 20_000, taken + " taken, " + refused + " refused");
    }

    @Test
    void bytesInAnyPortionsComeToTheSame() {
        Random random = new Random(3);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = conversation(random, true);
            assertEquals(decoded(bytes, null), decoded(bytes, random));
        }
    }

    private static List<String> decoded(byte[] bytes, @Nullable Random portions) {
        PacketDecoder decoder = new PacketDecoder(SETTINGS, new PacketDecoder.Workbench(), "tcp", "peer");
        RecordingReceiver receiver = new RecordingReceiver();
        ByteBuf in = Unpooled.buffer();
        List<String> said = new ArrayList<>();
        try {
            for (int at = 0; at < bytes.length; ) {
                int size = portions == null ? bytes.length : 1 + portions.nextInt(9);
                int end = Math.min(bytes.length, at + size);
                in.writeBytes(bytes, at, end - at);
                at = end;
                while (decoder.decode(in, receiver)) {
                    continue;
                }
            }
        } catch (PacketException violation) {
            said.add(violation.reason().name());
        }
        for (Object packet : receiver.packets) {
            said.add(
                    packet instanceof RecordingReceiver.Publish publish
                            ? publish.packetId() + " " + publish.message().topic() + " "
                                    + publish.message().payload().length
                            : packet instanceof String text ? text : "CONNECT");
        }
        return said;
    }

    private static BrokerCore core(Timeline timeline) {
        return new BrokerCore(LocalBroker.Parts.inMemory(SETTINGS), Clock.systemUTC(), timeline, Runnable::run);
    }

    private static void assertStands(BrokerCore core) {
        assertEquals(0, core.connections());
        assertEquals(0, core.stats().clientsConnected());
        assertTrue(core.stats().publishReceived() > 100);
        assertTrue(core.stats().queuedMessages() >= 0 && core.stats().queuedBytes() >= 0);
    }

    @Test
    void sessionsStandWhateverTheirClientsSend() {
        Random random = new Random(7);
        var timeline = new Timeline(Clock.systemUTC(), System::nanoTime);
        var core = core(timeline);
        var workbench = new PacketDecoder.Workbench();
        List<ClientProtocol> open = new ArrayList<>();
        for (int round = 0; round < 100_000; round++) {
            ClientProtocol protocol = core.accept("tcp", "peer", new DeafConnection(random));
            PacketDecoder decoder = new PacketDecoder(SETTINGS, workbench, "tcp", "peer");
            ByteBuf in = Unpooled.wrappedBuffer(conversation(random, random.nextBoolean()));
            try {
                while (protocol.isOpen() && decoder.decode(in, protocol)) {
                    continue;
                }
            } catch (PacketException violation) {
                protocol.violated(violation, decoder.level());
            }
            open.add(protocol);
            if (open.size() > 20) {
                open.remove(random.nextInt(open.size())).end(DisconnectReason.CONNECTION_LOST);
            }
            ClientProtocol another = open.get(random.nextInt(open.size()));
            another.writable();
            if (round % 100 == 0) {
                core.checkDeadlines(System.nanoTime());
            }
        }
        open.forEach(protocol -> protocol.end(DisconnectReason.CONNECTION_LOST));
        assertStands(core);
    }

    /** The whole way from bytes to bytes; buffers are watched for leaks, which makes it slow. */
    @Test
    void noBufferIsLeftBehind() {
        Random random = new Random(11);
        var timeline = new Timeline(Clock.systemUTC(), System::nanoTime);
        var core = core(timeline);
        var workbench = new PacketDecoder.Workbench();
        List<EmbeddedChannel> open = new ArrayList<>();
        for (int round = 0; round < 1_000; round++) {
            EmbeddedChannel channel = new EmbeddedChannel();
            FlushQueue flushes = new FlushQueue(channel.eventLoop());
            var connection = new NettyConnection(channel, flushes, SETTINGS, timeline);
            ClientProtocol protocol = core.accept("tcp", "peer", connection);
            channel.pipeline()
                    .addLast(new MqttHandler(
                            connection, protocol, new PacketDecoder(SETTINGS, workbench, "tcp", "peer")));
            byte[] bytes = conversation(random, random.nextBoolean());
            int cut = 1 + random.nextInt(bytes.length - 1); // an empty buffer is shared and never released
            ByteBuf first = Unpooled.copiedBuffer(bytes, 0, cut);
            ByteBuf second = Unpooled.copiedBuffer(bytes, cut, bytes.length - cut);
            channel.writeInbound(first);
            if (channel.isOpen()) {
                channel.writeInbound(second);
            } else {
                second.release();
            }
            assertEquals(0, first.refCnt());
            assertEquals(0, second.refCnt());
            open.add(channel);
            if (open.size() > 5) {
                finish(open.remove(random.nextInt(open.size())));
            }
        }
        open.forEach(DecoderFuzzTest::finish);
        assertStands(core);
    }

    private static void finish(EmbeddedChannel channel) {
        channel.runPendingTasks();
        channel.checkException();
        channel.finishAndReleaseAll();
    }
}
