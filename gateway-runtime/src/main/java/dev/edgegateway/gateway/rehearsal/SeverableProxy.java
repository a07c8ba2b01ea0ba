package dev.edgegateway.gateway.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A wire that breaks when told to: a TCP proxy on a free port of the loopback. Any thread.
 *
 * <p>It runs on virtual threads, one to accept and two for each connection, which have all ended when {@link #close}
 * returns.
 */
public final class SeverableProxy implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 5000;

    /** What the wire does. */
    public enum State {
        /** Passes everything. */
        WHOLE,
        /** Resets every connection, at once or as it comes. */
        SEVERED,
        /** Takes connections and bytes and passes nothing on; what it holds goes on its way when it is healed. */
        BLACK_HOLE
    }

    /**
     * Counters since the start.
     *
     * @param open connections that are alive now.
     * @param accepted connections taken, those that were reset at once included.
     * @param reset connections that a cut ended or refused.
     * @param bytesUp passed on to the target.
     * @param bytesDown passed on from the target.
     */
    public record Counters(int open, long accepted, long reset, long bytesUp, long bytesDown) {}

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong bytesUp = new AtomicLong();
    private final AtomicLong bytesDown = new AtomicLong();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<ProxiedConnection> connections = new HashSet<>();
    private State state = State.WHOLE;
    private boolean closed;
    private long accepted;
    private long reset;

    private SeverableProxy(ServerSocket server, InetSocketAddress target) {
        this.server = server;
        this.target = target;
    }

    /**
     * Starts a whole wire.
     *
     * @param target connected to anew for each connection; it need not be there yet.
     * @throws UncheckedIOException if no port is free.
     */
    public static SeverableProxy open(InetSocketAddress target) {
        try {
            var proxy = new SeverableProxy(new ServerSocket(0, 128, InetAddress.getByName("127.0.0.1")), target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("No free port on the loopback", e);
        }
    }

    /** The port of 127.0.0.1 to connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** Cuts the wire: all connections are reset, and so is every new one. */
    public void sever() {
        become(State.SEVERED);
    }

    /** Swallows the traffic: connections stay and new ones are taken, but nothing passes. */
    public void blackHole() {
        become(State.BLACK_HOLE);
    }

    /** Makes the wire whole. Connections that lived through a black hole go on where they were. */
    public void heal() {
        become(State.WHOLE);
    }

    public State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    public Counters counters() {
        lock.lock();
        try {
            return new Counters(connections.size(), accepted, reset, bytesUp.get(), bytesDown.get());
        } finally {
            lock.unlock();
        }
    }

    /** Resets all connections, frees the port and waits for the threads. Idempotent. */
    @Override
    public void close() {
        List<ProxiedConnection> ended;
        lock.lock();
        try {
            closed = true;
            ended = takeConnections();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Port " + port() + " does not close", e);
        } finally {
            ended.forEach(ProxiedConnection::reset);
            threads.close();
        }
    }

    private void become(State next) {
        List<ProxiedConnection> cut = List.of();
        lock.lock();
        try {
            state = next;
            if (next == State.SEVERED) {
                cut = takeConnections();
                reset += cut.size();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        cut.forEach(ProxiedConnection::reset);
    }

    private List<ProxiedConnection> takeConnections() {
        var taken = List.copyOf(connections);
        connections.clear();
        return taken;
    }

    private void accept() {
        while (true) {
            Socket client;
            try {
                client = server.accept();
            } catch (IOException e) {
                return; // closed; an open loopback listener has no other reason to fail
            }
            var connection = new ProxiedConnection(client);
            if (admit(connection)) {
                threads.execute(() -> serve(connection));
            } else {
                connection.reset();
            }
        }
    }

    private boolean admit(ProxiedConnection connection) {
        lock.lock();
        try {
            accepted++;
            if (closed || state == State.SEVERED) {
                reset++;
                return false;
            }
            connections.add(connection);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void serve(ProxiedConnection connection) {
        try {
            if (!awaitPassage(connection)) {
                return;
            }
            connection.connect(target, CONNECT_TIMEOUT_MILLIS);
            var downward = threads.submit(() -> connection.passDown(() -> awaitPassage(connection), bytesDown));
            connection.passUp(() -> awaitPassage(connection), bytesUp);
            downward.get();
        } catch (Exception e) {
            // An end of the wire has gone, which is what this class is for: the other end learns it by the reset below.
        } finally {
            forget(connection);
            connection.reset();
        }
    }

    /** Waits while nothing may pass; false if the connection is to end. */
    private boolean awaitPassage(ProxiedConnection connection) {
        lock.lock();
        try {
            while (state == State.BLACK_HOLE && !closed && connections.contains(connection)) {
                changed.awaitUninterruptibly();
            }
            return !closed && connections.contains(connection);
        } finally {
            lock.unlock();
        }
    }

    private void forget(ProxiedConnection connection) {
        lock.lock();
        try {
            connections.remove(connection);
        } finally {
            lock.unlock();
        }
    }
}
