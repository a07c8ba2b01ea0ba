package dev.edgegateway.gateway.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlServerTest {
    @TempDir
    Path folder;

    private Path socket;
    private ControlServer server;

    @BeforeEach
    void open() throws IOException {
        socket = folder.resolve("run/edge-gateway.sock");
        server = ControlServer.open(socket, StatusReports.asked(StatusReports::duringAnOutage));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theReportArrivesAsItWasGiven() throws IOException {
        assertEquals(StatusReports.duringAnOutage(), new ControlClient(socket).status());
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws IOException {
        server.close();
        server = ControlServer.open(socket, StatusReports.asked(StatusReports::withoutUplink));

        assertEquals(StatusReports.withoutUplink(), new ControlClient(socket).status());
        assertFalse(exchange("{\"command\":\"status\"}\n").contains("null"));
    }

    @Test
    void namesInJsonAreSnakeCase() throws IOException {
        String answer = exchange("{\"command\":\"status\"}\n");

        assertTrue(answer.contains("\"uptime_seconds\":93784"), answer);
        assertTrue(answer.endsWith("}\n"), answer);
    }

    @Test
    void onlyOwnerAndGroupMayAsk() throws IOException {
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)));
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            List<Callable<StatusReport>> questions = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                questions.add(() -> new ControlClient(socket).status());
            }
            for (Future<StatusReport> answer : clients.invokeAll(questions)) {
                assertEquals(StatusReports.duringAnOutage(), answer.get());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | the request is no JSON object",
                "[1] | the request is no JSON object",
                "'' | the request is no JSON object",
                "{} | the request has no command",
                "{\"command\":7} | there is no such command; there is: status",
                "{\"command\":\"stop\"} | there is no such command; there is: status",
            })
    void aRequestThatMakesNoSenseIsAnsweredWithAnError(String request, String error) throws IOException {
        assertEquals("{\"error\":\"" + error + "\"}\n", exchange(request + "\n"));
    }

    @Test
    void bytesThatAreNoTextAreAnsweredWithAnError() throws IOException {
        assertEquals("{\"error\":\"the request is no JSON object\"}\n", exchange(new byte[] {(byte) 0xff, 0, '\n'}));
    }

    @Test
    void aRequestWithoutAnEndIsRefusedAtItsBound() throws IOException {
        assertEquals("{\"error\":\"the request is a line of more than 4096 bytes\"}\n", exchange("x".repeat(100_000)));
    }

    @Test
    void aConnectionThatSaysNothingIsCutAfterItsTime() throws IOException {
        server.close();
        server = ControlServer.open(socket, StatusReports.asked(StatusReports::duringAnOutage), Duration.ofMillis(50));
        try (SocketChannel silent = connect()) {
            assertEquals(-1, silent.read(ByteBuffer.allocate(1)));
        }
    }

    @Test
    void moreSilentConnectionsThanPlacesDelayAnAnswerButDoNotPreventIt() throws IOException {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < ControlServer.MAX_CONNECTIONS + 4; i++) {
            silent.add(connect());
        }

        assertEquals(StatusReports.duringAnOutage(), new ControlClient(socket).status());

        for (SocketChannel connection : silent) {
            connection.close();
        }
    }

    @Test
    void eachCommandHasItsOwnAnswerAndARefusalComesWithItsReason() throws IOException {
        server.close();
        server = ControlServer.open(
                socket,
                Map.of(
                        "count", request -> new BrokerView.Done(7).toJson(),
                        "fail",
                                request -> {
                                    throw new IllegalArgumentException("there is no " + request.get("what"));
                                }));
        ControlClient client = new ControlClient(socket);

        assertEquals(new BrokerView.Done(7), client.ask(BrokerView.Done.class, Map.of("command", "count")));
        ControlException e = assertThrows(
                ControlException.class,
                () -> client.ask(BrokerView.Done.class, Map.of("command", "fail", "what", "pump")));
        assertEquals("there is no pump", e.said());
        assertEquals(
                "{\"error\":\"there is no such command; there is: count, fail\"}\n",
                exchange("{\"command\":\"status\"}\n"));
    }

    @Test
    void aReportThatFailsIsAnAnswerToo() throws IOException {
        server.close();
        server = ControlServer.open(socket, StatusReports.asked(() -> {
            throw new IllegalStateException("no store");
        }));

        IOException e = assertThrows(IOException.class, () -> new ControlClient(socket).status());

        assertTrue(String.valueOf(e.getMessage()).contains("no store"), e::toString);
    }

    @Test
    void closingEndsWaitingConnectionsAndRemovesTheSocket() throws IOException {
        try (SocketChannel silent = connect()) {
            server.close();
            server.close();

            assertTrue(hasEnded(silent));
        }
        assertFalse(Files.exists(socket));
        assertThrows(NoSuchFileException.class, () -> new ControlClient(socket).status());
    }

    @Test
    void aSocketLeftBehindByAKillIsReplaced() throws IOException {
        server.close();
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(socket));
        }
        assertTrue(Files.exists(socket));
        assertThrows(IOException.class, () -> new ControlClient(socket).status());

        server = ControlServer.open(socket, StatusReports.asked(StatusReports::duringAnOutage));

        assertEquals(StatusReports.duringAnOutage(), new ControlClient(socket).status());
    }

    @Test
    void aSocketThatAnswersIsLeftToItsGateway() throws IOException {
        IOException e = assertThrows(
                IOException.class, () -> ControlServer.open(socket, StatusReports.asked(StatusReports::withoutUplink)));

        assertTrue(String.valueOf(e.getMessage()).contains("another gateway is running"), e::toString);
        assertEquals(StatusReports.duringAnOutage(), new ControlClient(socket).status());
    }

    @Test
    void aFileInThePlaceOfTheSocketIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("precious"), "data");

        assertThrows(
                IOException.class, () -> ControlServer.open(file, StatusReports.asked(StatusReports::withoutUplink)));

        assertEquals("data", Files.readString(file));
    }

    @Test
    void whatAnswersInAnotherLanguageIsNoGateway() throws IOException {
        Path other = folder.resolve("other.sock");
        for (String answer : List.of("hello\n", "{}\n", "{\"gateway\":3}\n", "", "cut")) {
            Files.deleteIfExists(other);
            CountDownLatch answered = new CountDownLatch(1);
            try (ServerSocketChannel stranger = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                stranger.bind(UnixDomainSocketAddress.of(other));
                Thread.ofVirtual().start(() -> {
                    try (SocketChannel connection = stranger.accept()) {
                        connection.read(ByteBuffer.allocate(100));
                        ByteBuffer bytes = ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8));
                        connection.write(bytes);
                        answered.countDown();
                    } catch (IOException _) {
                        answered.countDown();
                    }
                });

                assertThrows(IOException.class, () -> new ControlClient(other).status(), answer);
            }
        }
    }

    @Test
    void aPathTooLongForASocketIsShortened() {
        Path temporary = Path.of("/tmp");
        Path deep = Path.of("/" + "d".repeat(90));
        Path short1 = ControlSocket.pathIn(deep, temporary);

        assertEquals(Path.of("/run/x/edge-gateway.sock"), ControlSocket.pathIn(Path.of("/run/x"), temporary));
        assertEquals(temporary, short1.getParent());
        assertTrue(short1.toString().length() <= ControlSocket.MAX_PATH_BYTES);
        assertEquals(short1, ControlSocket.pathIn(deep, temporary));
        assertFalse(short1.equals(ControlSocket.pathIn(Path.of("/" + "e".repeat(90)), temporary)));
    }

    /** Waits for the end, which is a reset for a connection that had not been accepted yet. */
    private static boolean hasEnded(SocketChannel connection) {
        try {
            return connection.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException _) {
            return true;
        }
    }

    private SocketChannel connect() throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private String exchange(String request) throws IOException {
        return exchange(request.getBytes(StandardCharsets.UTF_8));
    }

    private String exchange(byte[] request) throws IOException {
        try (SocketChannel channel = connect()) {
            ByteBuffer bytes = ByteBuffer.wrap(request);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            ByteBuffer answer = ByteBuffer.allocate(65536);
            while (channel.read(answer) >= 0) {
                assertTrue(answer.hasRemaining());
            }
            return new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
        }
    }
}
