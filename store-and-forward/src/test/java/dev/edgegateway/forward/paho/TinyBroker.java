package dev.edgegateway.forward.paho;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * As much of an MQTT 3.1.1 server as the link's tests need, on plain sockets: CONNECT, SUBSCRIBE, PUBLISH, PUBACK,
 * PINGREQ, DISCONNECT. It can refuse, stay silent, hold acknowledgements and drop the line.
 */
final class TinyBroker implements AutoCloseable {
    record Connect(
            String clientId,
            boolean cleanSession,
            int keepAlive,
            @Nullable String username,
            @Nullable String password,
            @Nullable String willTopic,
            @Nullable String willPayload,
            int willQos,
            boolean willRetain) {}

    record Publish(String topic, String payload, int qos, boolean retain, boolean duplicate) {}

    private final ServerSocket server;
    private final List<Connect> connects = new CopyOnWriteArrayList<>();
    private final List<Publish> publishes = new CopyOnWriteArrayList<>();
    private final List<String> filters = new CopyOnWriteArrayList<>();
    private final List<Integer> pubacks = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private volatile int connackCode;
    private volatile boolean silent;
    private volatile boolean hangsUp;
    private volatile boolean refusesSubscriptions;
    private volatile boolean holdsAcks;
    private volatile @Nullable Conversation current;

    TinyBroker() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                if (hangsUp) {
                    socket.close();
                    events.add("hung up");
                    continue;
                }
                synchronized (sockets) {
                    sockets.add(socket);
                }
                Thread.ofVirtual().start(() -> new Conversation(socket).run());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    void answerConnectWith(int code) {
        connackCode = code;
    }

    /** Connections are accepted and get no answer to anything. */
    void fallSilent() {
        silent = true;
    }

    /** Connections are accepted and closed at once. */
    void hangUpAtOnce() {
        hangsUp = true;
    }

    void refuseSubscriptions() {
        refusesSubscriptions = true;
    }

    void holdAcks() {
        holdsAcks = true;
    }

    void releaseAcks() {
        List<Runnable> due;
        synchronized (held) {
            holdsAcks = false;
            due = List.copyOf(held);
            held.clear();
        }
        for (Runnable ack : due) {
            try {
                ack.run();
            } catch (UncheckedIOException clientGone) {
                events.add("unheard");
            }
        }
    }

    void sever() {
        synchronized (sockets) {
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            sockets.clear();
        }
        synchronized (held) {
            held.clear();
        }
    }

    /** Sends to the client that is connected. */
    void send(String topic, String payload, int qos, int packetId) {
        Conversation conversation = current;
        if (conversation == null) {
            throw new IllegalStateException("nobody is connected");
        }
        conversation.publish(topic, payload, qos, packetId);
    }

    List<Connect> connects() {
        return connects;
    }

    List<Publish> publishes() {
        return publishes;
    }

    List<String> filters() {
        return filters;
    }

    /** Packet ids that the client acknowledged. */
    List<Integer> pubacks() {
        return pubacks;
    }

    /** What happened in order: connect, subscribe, publish, disconnect, dropped. */
    List<String> events() {
        return events;
    }

    @Override
    public void close() throws IOException {
        server.close();
        sever();
    }

    private final class Conversation {
        private final Socket socket;
        private final DataOutputStream out;

        Conversation(Socket socket) {
            this.socket = socket;
            try {
                out = new DataOutputStream(socket.getOutputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void run() {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    int first = in.readUnsignedByte();
                    byte[] rest = new byte[remainingLength(in)];
                    in.readFully(rest);
                    if (!silent && !handle(first, new DataInputStream(new ByteArrayInputStream(rest)))) {
                        return;
                    }
                }
            } catch (IOException | UncheckedIOException dropped) {
                events.add("dropped");
            }
        }

        private static int remainingLength(DataInputStream in) throws IOException {
            int length = 0;
            for (int shift = 0; ; shift += 7) {
                int octet = in.readUnsignedByte();
                length |= (octet & 0x7F) << shift;
                if ((octet & 0x80) == 0) {
                    return length;
                }
            }
        }

        private boolean handle(int first, DataInputStream in) throws IOException {
            switch (first >> 4) {
                case 1 -> connect(in);
                case 3 -> published(first, in);
                case 4 -> pubacks.add(in.readUnsignedShort());
                case 6 -> write(0x70, in.readUnsignedShort());
                case 8 -> subscribe(in);
                case 12 -> write(0xD0);
                case 14 -> {
                    events.add("disconnect");
                    return false;
                }
                default -> throw new IOException("packet type " + (first >> 4));
            }
            return true;
        }

        private void connect(DataInputStream in) throws IOException {
            text(in);
            in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int keepAlive = in.readUnsignedShort();
            String clientId = text(in);
            boolean will = (flags & 0x04) != 0;
            String willTopic = will ? text(in) : null;
            String willPayload = will ? text(in) : null;
            String username = (flags & 0x80) != 0 ? text(in) : null;
            String password = (flags & 0x40) != 0 ? text(in) : null;
            connects.add(new Connect(
                    clientId,
                    (flags & 0x02) != 0,
                    keepAlive,
                    username,
                    password,
                    willTopic,
                    willPayload,
                    (flags >> 3) & 3,
                    (flags & 0x20) != 0));
            events.add("connect");
            current = this;
            write(0x20, connackCode);
        }

        private static String text(DataInputStream in) throws IOException {
            return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
        }

        private void published(int first, DataInputStream in) throws IOException {
            int qos = (first >> 1) & 3;
            String topic = text(in);
            int packetId = qos > 0 ? in.readUnsignedShort() : 0;
            String payload = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Runnable ack = () -> write(qos == 1 ? 0x40 : 0x50, packetId);
            if (qos > 0) {
                boolean hold;
                synchronized (held) {
                    hold = holdsAcks;
                    if (hold) {
                        held.add(ack);
                    }
                }
                if (!hold) {
                    ack.run();
                }
            }
            events.add("publish " + topic);
            publishes.add(new Publish(topic, payload, qos, (first & 1) != 0, (first & 8) != 0));
        }

        private void subscribe(DataInputStream in) throws IOException {
            int packetId = in.readUnsignedShort();
            ByteArrayOutputStream codes = new ByteArrayOutputStream();
            while (in.available() > 0) {
                String filter = text(in);
                int qos = in.readUnsignedByte();
                filters.add(filter);
                events.add("subscribe " + filter);
                codes.write(refusesSubscriptions ? 0x80 : qos);
            }
            send(0x90, packetId, codes.toByteArray());
        }

        void publish(String topic, String payload, int qos, int packetId) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            try (DataOutputStream data = new DataOutputStream(body)) {
                byte[] name = topic.getBytes(StandardCharsets.UTF_8);
                data.writeShort(name.length);
                data.write(name);
                if (qos > 0) {
                    data.writeShort(packetId);
                }
                data.write(payload.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            packet(0x30 | qos << 1, body.toByteArray());
        }

        private void write(int first) {
            packet(first, new byte[0]);
        }

        private void write(int first, int number) {
            packet(first, new byte[] {(byte) (number >> 8), (byte) number});
        }

        private void send(int first, int packetId, byte[] rest) {
            byte[] body = new byte[2 + rest.length];
            body[0] = (byte) (packetId >> 8);
            body[1] = (byte) packetId;
            System.arraycopy(rest, 0, body, 2, rest.length);
            packet(first, body);
        }

        private void packet(int first, byte[] body) {
            try {
                synchronized (out) {
                    out.writeByte(first);
                    int left = body.length;
                    do {
                        out.writeByte(left % 128 | (left >= 128 ? 0x80 : 0));
                        left /= 128;
                    } while (left > 0);
                    out.write(body);
                    out.flush();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
