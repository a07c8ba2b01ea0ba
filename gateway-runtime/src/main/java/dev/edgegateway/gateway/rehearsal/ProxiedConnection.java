package dev.edgegateway.gateway.rehearsal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The two sockets of one connection through the proxy. {@link #reset} may be called from any thread at any time. */
final class ProxiedConnection {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Socket client;
    private final Socket target = new Socket();

    ProxiedConnection(Socket client) {
        this.client = client;
    }

    void connect(InetSocketAddress address, int timeoutMillis) throws IOException {
        client.setTcpNoDelay(true);
        target.setTcpNoDelay(true);
        target.connect(address, timeoutMillis);
    }

    /** Passes bytes from the client to the target until the client has ended its side or a socket breaks. */
    void passUp(BooleanSupplier mayPass, AtomicLong count) {
        pass(client, target, mayPass, count);
    }

    /** Passes bytes from the target to the client until the target has ended its side or a socket breaks. */
    void passDown(BooleanSupplier mayPass, AtomicLong count) {
        pass(target, client, mayPass, count);
    }

    /** Ends both sides without the courtesies of TCP, as a cut wire behind a router does. Idempotent. */
    void reset() {
        reset(client);
        reset(target);
    }

    private void pass(Socket from, Socket to, BooleanSupplier mayPass, AtomicLong count) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!mayPass.getAsBoolean()) {
                    return;
                }
                out.write(buffer, 0, read);
                count.addAndGet(read);
            }
            if (mayPass.getAsBoolean()) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            reset(); // so that the other direction, which may be waiting for bytes, ends too
        }
    }

    private static void reset(Socket socket) {
        try {
            if (!socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // The socket is broken already; closing it is all that is left.
        }
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing depends on how a broken socket closes.
        }
    }
}
