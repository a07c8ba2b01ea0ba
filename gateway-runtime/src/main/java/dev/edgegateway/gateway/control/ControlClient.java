package dev.edgegateway.gateway.control;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Asks a running gateway. Any thread. */
public final class ControlClient {
    /** A report on thousands of sensors fits. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    private static final Duration TIME_LIMIT = Duration.ofSeconds(5);

    private final Path socket;

    /** @param socket see {@link ControlSocket}. */
    public ControlClient(Path socket) {
        this.socket = socket;
    }

    /**
     * Asks how the gateway is.
     *
     * @throws AccessDeniedException if this user may not ask.
     * @throws NoSuchFileException if there is no socket, so that no gateway runs.
     * @throws IOException if nothing answers, or nothing that can be understood; the message says what.
     */
    public StatusReport status() throws IOException {
        return ask(StatusReport.class, Map.of("command", "status"));
    }

    /**
     * Asks for anything else.
     *
     * @param answer what it is to be read as.
     * @param request the command and what it takes.
     * @throws ControlException if the gateway refuses.
     * @throws IOException as {@link #status}.
     */
    public <R extends Record> R ask(Class<R> answer, Map<String, Object> request) throws IOException {
        String line = ask(JSON.std.asString(request));
        Map<String, Object> map;
        try {
            map = JSON.std.mapFrom(line);
        } catch (JacksonException e) {
            throw new IOException(socket + ": what answers there is no gateway", e);
        }
        if (map.get("error") instanceof String error) {
            throw new ControlException(socket + ": the gateway says: " + error, error);
        }
        try {
            return RecordCodec.fromMap(answer, map);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IOException(socket + ": the gateway there is of another version: " + e.getMessage(), e);
        }
    }

    private String ask(String request) throws IOException {
        // Connecting fails with the same exception for everything; these tell a missing socket from a forbidden one.
        Files.readAttributes(socket, BasicFileAttributes.class);
        if (!Files.isWritable(socket)) {
            throw new AccessDeniedException(socket.toString());
        }
        CountDownLatch done = new CountDownLatch(1);
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            Thread.ofVirtual().name("control-limit").start(() -> cutAfterTimeLimit(done, channel));
            channel.connect(UnixDomainSocketAddress.of(socket));
            ControlConnection.writeLine(channel, request);
            return ControlConnection.readLine(channel, MAX_ANSWER_BYTES);
        } catch (IOException e) {
            String why = e.getMessage() == null ? "it took too long" : e.getMessage();
            throw new IOException(socket + ": no gateway answers there: " + why, e);
        } finally {
            done.countDown();
        }
    }

    private static void cutAfterTimeLimit(CountDownLatch done, SocketChannel channel) {
        try {
            if (!done.await(TIME_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                channel.close();
            }
        } catch (InterruptedException | IOException _) {
            Thread.currentThread().interrupt();
        }
    }
}
