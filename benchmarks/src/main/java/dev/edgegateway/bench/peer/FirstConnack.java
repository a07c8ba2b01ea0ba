package dev.edgegateway.bench.peer;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Knocks at a port until an MQTT client gets in. */
final class FirstConnack {
    private static final long KNOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** CONNECT of client {@code knock}, clean session, no keep alive (MQTT 3.1.1 section 3.1). */
    private static final byte[] CONNECT = {0x10, 17, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 5, 'k', 'n', 'o', 'c', 'k'
    };

    private static final byte[] DISCONNECT = {(byte) 0xE0, 0};
    private static final int ACCEPTED = 0x20020000;

    private FirstConnack() {}

    /** @return whether CONNACK 0 came before the process ended and the time was over. */
    static boolean await(InetSocketAddress broker, BooleanSupplier alive, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (alive.getAsBoolean() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket(broker.getAddress(), broker.getPort())) {
                socket.setSoTimeout((int) limit.toMillis());
                socket.getOutputStream().write(CONNECT);
                if (new DataInputStream(socket.getInputStream()).readInt() == ACCEPTED) {
                    socket.getOutputStream().write(DISCONNECT);
                    return true;
                }
            } catch (IOException notYet) {
                LockSupport.parkNanos(KNOCK_NANOS);
            }
        }
        return false;
    }
}
