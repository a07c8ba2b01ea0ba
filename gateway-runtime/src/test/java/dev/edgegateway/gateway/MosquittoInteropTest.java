package dev.edgegateway.gateway;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway between Debian's Mosquitto clients below and Debian's Mosquitto above; skipped where they are missing. */
@Tag("interop")
class MosquittoInteropTest {
    @TempDir
    Path directory;

    private final List<Process> processes = new ArrayList<>();
    private GatewayProcess gateway;
    private int upstreamPort;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(isThere("mosquitto") && isThere("mosquitto_pub"), "Debian's mosquitto is not installed");
        try (ServerSocket socket = new ServerSocket(0)) {
            upstreamPort = socket.getLocalPort();
        }
        gateway = GatewayProcess.start(directory, """
                [uplink]
                profile = "mqtt"
                url = "tcp://127.0.0.1:%d"
                reconnect_min = "100ms"
                reconnect_max = "1s"

                [[route]]
                topic = "bench/#"

                [[route]]
                topic = "orders/#"
                direction = "in"
                """.formatted(upstreamPort));
    }

    private static boolean isThere(String program) {
        return List.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/", "/usr/local/sbin/").stream()
                .anyMatch(place -> Files.isExecutable(Path.of(place + program)));
    }

    @AfterEach
    void end() throws Exception {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        if (gateway != null) {
            gateway.close();
        }
    }

    private void startUpstream() throws Exception {
        Path config = Files.writeString(
                directory.resolve("mosquitto.conf"),
                "listener " + upstreamPort + " 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n");
        String program = Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
        run(program, "-c", config.toString());
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            try (Socket probe = new Socket("127.0.0.1", upstreamPort)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private Process run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("errors").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** Runs a client to its end. @return what it printed. */
    private String client(String input, String... command) throws Exception {
        Process process = run(command);
        try (var in = process.outputWriter(StandardCharsets.UTF_8)) {
            in.write(input);
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", command) + " does not end");
        assertEquals(0, process.exitValue(), () -> String.join(" ", command) + ": " + printed);
        return printed;
    }

    private String port() {
        return Integer.toString(gateway.port());
    }

    @ParameterizedTest
    @CsvSource({"31, 0", "31, 1", "31, 2", "311, 0", "311, 1", "311, 2", "5, 0", "5, 1", "5, 2"})
    void publishAndSubscribeInEveryVersionAtEveryLevel(String version, String qos) throws Exception {
        String v = version.equals("5") ? "mqttv5" : version.equals("31") ? "mqttv31" : "mqttv311";
        client("", "mosquitto_pub", "-p", port(), "-V", v, "-q", qos, "-r", "-t", "a/" + version, "-m", "kept " + qos);
        String got = client("", "mosquitto_sub", "-p", port(), "-V", v, "-q", qos, "-t", "a/+", "-C", "1", "-W", "20");
        assertEquals("kept " + qos, got.strip());
    }

    @Test
    void aRequestIsAnsweredWithItsCorrelationData() throws Exception {
        Process responder =
                run("mosquitto_sub", "-p", port(), "-V", "mqttv5", "-t", "ask", "-C", "1", "-F", "%R %D %p");
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            client(
                    "",
                    "mosquitto_pub",
                    "-p",
                    port(),
                    "-V",
                    "mqttv5",
                    "-t",
                    "ask",
                    "-q",
                    "1",
                    "-m",
                    "what",
                    "-D",
                    "publish",
                    "response-topic",
                    "answers/1",
                    "-D",
                    "publish",
                    "correlation-data",
                    "c-42");
            return !responder.isAlive();
        });
        String seen = new String(responder.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(seen.startsWith("answers/1") && seen.contains("c-42") && seen.contains("what"), seen);
    }

    @Test
    void twentyThousandMessagesOfAnOutageAndAKillArriveAtMosquittoInOrder() throws Exception {
        int count = 20_000;
        String lines =
                IntStream.rangeClosed(1, count).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
        client(lines + "\n", "mosquitto_pub", "-p", port(), "-q", "1", "-t", "bench/x", "-l");
        gateway.killAndRestart();
        startUpstream();
        String got = client(
                "",
                "mosquitto_sub",
                "-p",
                Integer.toString(upstreamPort),
                "-q",
                "1",
                "-t",
                "bench/#",
                "-C",
                Integer.toString(count),
                "-W",
                "60");
        assertEquals(lines, got.strip());
    }

    @Test
    void whatComesDownIsPublishedHereAndNotSentBack() throws Exception {
        startUpstream();
        Process listener = run("mosquitto_sub", "-p", port(), "-q", "1", "-t", "orders/#", "-C", "1", "-W", "30");
        String upstream = Integer.toString(upstreamPort);
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            client("", "mosquitto_pub", "-p", upstream, "-q", "1", "-t", "orders/open", "-m", "valve 3");
            return !listener.isAlive();
        });
        assertEquals("valve 3", new String(listener.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip());
    }
}
