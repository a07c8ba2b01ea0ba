package dev.edgegateway.forward.paho;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.tinylog.Logger;

/**
 * The sockets of one connection. Paho alone would leave a connection attempt behind that still looks up a name, and it
 * would come to life later with our client id and push out its successor; and it waits politely for a socket that a dead
 * network blocks. Closed here, no socket is made any more and those there are end at once. Any thread.
 */
final class Sockets {
    private final List<Socket> made = new ArrayList<>();
    private boolean closed;

    SocketFactory plain() {
        return new Plain();
    }

    SocketFactory tls(SSLSocketFactory factory) {
        return new Tls(factory);
    }

    private synchronized Socket keep(Socket socket) throws IOException {
        if (closed) {
            socket.close();
            throw new SocketException("connection was abandoned");
        }
        socket.setTcpNoDelay(true);
        made.add(socket);
        return socket;
    }

    /** Resets all connections; whatever blocks on them fails. */
    synchronized void close() {
        closed = true;
        for (Socket socket : made) {
            try {
                // Without lingering a TLS socket does not wait for its turn to say goodbye, and the peer learns at
                // once.
                if (!socket.isClosed()) {
                    socket.setSoLinger(true, 0);
                }
                socket.close();
            } catch (IOException e) {
                Logger.debug(e, "Socket did not close");
            }
        }
        made.clear();
    }

    private static UnsupportedOperationException unconnectedOnly() {
        return new UnsupportedOperationException("only unconnected sockets are made here");
    }

    private final class Plain extends SocketFactory {
        @Override
        public Socket createSocket() throws IOException {
            return keep(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw unconnectedOnly();
        }
    }

    /** A class of its own, because Paho wants a TLS factory for TLS and none for the other. */
    private final class Tls extends SSLSocketFactory {
        private final SSLSocketFactory factory;

        Tls(SSLSocketFactory factory) {
            this.factory = factory;
        }

        @Override
        public Socket createSocket() throws IOException {
            return keep(factory.createSocket());
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw unconnectedOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
            throw unconnectedOnly();
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return factory.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return factory.getSupportedCipherSuites();
        }
    }
}
