package dev.edgegateway.forward.paho;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.client.mqttv3.internal.NetworkModule;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * The socket under one Paho client, guarding against three things that Paho's own does. An attempt that was given up
 * while it looked up a name would come to life later and push out its successor, which has the same client id. A
 * connection on a dead network would be closed politely, which can block. And a peer that hangs up before CONNECT is
 * written would leave a thread of Paho's waiting for ever for another one that has come and gone: so nothing is read
 * before something was written.
 */
final class GuardedNetwork implements NetworkModule {
    private static final int MQTT_PORT = 1883;
    private static final int MQTT_TLS_PORT = 8883;

    /** Reads end after so long, because Paho's reader looks only then whether it is to stop. */
    private static final int READ_MILLIS = 1_000;

    /** Paho writes CONNECT about 100 ms after the socket is there. */
    private static final long FIRST_WRITE_SECONDS = 5;

    private final String url;
    private final String host;
    private final int port;
    private final @Nullable SSLSocketFactory tls;
    private final int connectMillis;
    private final CountDownLatch written = new CountDownLatch(1);
    private @Nullable Socket socket;
    private boolean dropped;

    /** @param tls null for plain TCP. */
    GuardedNetwork(String url, @Nullable SSLSocketFactory tls, int connectMillis) {
        this.url = url;
        this.tls = tls;
        this.connectMillis = connectMillis;
        URI uri = URI.create(url);
        host = String.valueOf(uri.getHost());
        int standard = tls == null ? MQTT_PORT : MQTT_TLS_PORT;
        port = uri.getPort() < 0 ? standard : uri.getPort();
    }

    @Override
    public void start() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host);
        }
        Socket plain = new Socket();
        keep(plain);
        plain.connect(address, connectMillis);
        plain.setTcpNoDelay(true);
        plain.setSoTimeout(connectMillis);
        Socket ready = tls == null ? plain : handshake(tls, plain);
        ready.setSoTimeout(READ_MILLIS);
    }

    private Socket handshake(SSLSocketFactory factory, Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) factory.createSocket(plain, host, port, true);
        keep(secured);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private synchronized void keep(Socket made) throws IOException {
        if (dropped) {
            made.close();
            throw new SocketException("connection was abandoned");
        }
        socket = made;
    }

    private synchronized Socket socket() throws IOException {
        if (socket == null) {
            throw new SocketException("not connected");
        }
        return socket;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(socket().getInputStream()) {
            @Override
            public int read() throws IOException {
                awaitFirstWrite();
                return in.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                awaitFirstWrite();
                return in.read(into, offset, length);
            }
        };
    }

    private void awaitFirstWrite() throws IOException {
        try {
            if (!written.await(FIRST_WRITE_SECONDS, TimeUnit.SECONDS)) {
                throw new SocketException("nothing was sent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(socket().getOutputStream()) {
            @Override
            public void write(int octet) throws IOException {
                written.countDown();
                out.write(octet);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                written.countDown();
                out.write(from, offset, length);
            }
        };
    }

    @Override
    public void stop() throws IOException {
        Socket open;
        synchronized (this) {
            open = socket;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public String getServerURI() {
        return url;
    }

    /** Resets the connection, made or in the making; whatever blocks on it fails. Any thread; idempotent. */
    void drop() {
        Socket open;
        synchronized (this) {
            dropped = true;
            open = socket;
        }
        if (open == null || open.isClosed()) {
            return;
        }
        try {
            // Without lingering a TLS socket does not wait for its turn to say goodbye, and the peer learns at once.
            open.setSoLinger(true, 0);
            open.close();
        } catch (IOException e) {
            Logger.debug(e, "Socket did not close");
        }
    }

    /** Travels through Paho's options, which have no other place for it. */
    static final class Handle extends SocketFactory {
        private final GuardedNetwork network;

        Handle(GuardedNetwork network) {
            this.network = network;
        }

        GuardedNetwork network() {
            return network;
        }

        @Override
        public Socket createSocket(String toHost, int toPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String toHost, int toPort, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress toHost, int toPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress toHost, int toPort, InetAddress localHost, int localPort) {
            throw new UnsupportedOperationException();
        }
    }
}
