package dev.edgegateway.gateway.control;

import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.tinylog.Logger;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Answers on the control socket from {@link #open} until {@link #close}. */
public final class ControlServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 16;
    static final int MAX_REQUEST_BYTES = 4096;

    private final Path socket;
    private final ServerSocketChannel server;
    private final SortedMap<String, ControlCommand> commands;
    private final Duration timeLimit;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ControlServer(
            Path socket, ServerSocketChannel server, SortedMap<String, ControlCommand> commands, Duration timeLimit) {
        this.socket = socket;
        this.server = server;
        this.commands = commands;
        this.timeLimit = timeLimit;
    }

    /**
     * Listens on the socket, which its owner and its group may use.
     *
     * @param socket its directory is made if it does not exist; a socket that nobody answers on is replaced.
     * @param commands by name; may be asked several times at once.
     * @throws IOException if another gateway answers there, or the socket cannot be made; the message names it.
     */
    public static ControlServer open(Path socket, Map<String, ControlCommand> commands) throws IOException {
        return open(socket, commands, Duration.ofSeconds(2));
    }

    static ControlServer open(Path socket, Map<String, ControlCommand> commands, Duration timeLimit)
            throws IOException {
        Path directory = socket.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        removeStale(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            server.bind(UnixDomainSocketAddress.of(socket), MAX_CONNECTIONS);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
        } catch (IOException e) {
            server.close();
            throw new IOException(socket + ": the control socket cannot be made: " + e.getMessage(), e);
        }
        ControlServer control = new ControlServer(socket, server, new TreeMap<>(commands), timeLimit);
        Thread.ofVirtual().name("control").start(control::accept);
        return control;
    }

    /** A gateway that was killed leaves its socket behind; one that runs answers on it. */
    private static void removeStale(Path socket) throws IOException {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(socket + ": is in the place of the control socket and is no socket; move it away");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException _) {
            Files.deleteIfExists(socket);
            return;
        }
        throw new IOException(
                socket + ": another gateway is running with this run directory; stop it first, or give this"
                        + " one a run_dir and a data_dir of its own");
    }

    private void accept() {
        while (!closed) {
            try {
                // Whoever finds no place waits in the backlog; a place is free after the time limit at the latest.
                places.acquire();
                serve(server.accept());
            } catch (ClosedChannelException | InterruptedException _) {
                return;
            } catch (IOException e) {
                // Out of file descriptors, for one. Without accept there is nothing left to do here.
                Logger.error(e, "The control socket {} is lost; edge-gateway status will not answer", socket);
                return;
            }
        }
    }

    private void serve(SocketChannel connection) {
        connections.add(connection);
        Thread worker = Thread.ofVirtual().name("control-connection").start(() -> {
            try (connection) {
                ControlConnection.writeLine(connection, answer(connection));
                connection.shutdownOutput();
                ControlConnection.skipRest(connection);
            } catch (IOException e) {
                Logger.debug(e, "A control connection ended early");
            } finally {
                connections.remove(connection);
                places.release();
            }
        });
        Thread.ofVirtual().name("control-limit").start(() -> {
            try {
                if (!worker.join(timeLimit)) {
                    connection.close();
                }
            } catch (InterruptedException | IOException e) {
                Logger.debug(e, "A control connection could not be cut");
            }
        });
        if (closed) {
            cut(connection);
        }
    }

    private String answer(SocketChannel connection) throws IOException {
        Map<String, Object> request;
        try {
            String line = ControlConnection.readLine(connection, MAX_REQUEST_BYTES);
            request = JSON.std.mapFrom(line);
        } catch (ProtocolException e) {
            return error("the request is " + e.getMessage());
        } catch (JacksonException _) {
            return error("the request is no JSON object");
        }
        Object name = request.get("command");
        ControlCommand command = name instanceof String known ? commands.get(known) : null;
        if (command == null) {
            return error(
                    name == null
                            ? "the request has no command"
                            : "there is no such command; there is: " + String.join(", ", commands.keySet()));
        }
        try {
            return command.answer(request);
        } catch (IllegalArgumentException e) {
            return error(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            Logger.warn(e, "The command {} could not be answered", name);
            return error("the " + name + " could not be told: " + e);
        }
    }

    private static String error(String message) {
        return JSON.std.asString(Map.of("error", message));
    }

    /** Stops answering and removes the socket. Idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            Files.deleteIfExists(socket);
            server.close();
        } catch (IOException e) {
            Logger.warn(e, "The control socket {} could not be removed", socket);
        }
        connections.forEach(ControlServer::cut);
    }

    private static void cut(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            Logger.debug(e, "A control connection could not be closed");
        }
    }
}
