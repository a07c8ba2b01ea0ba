package dev.edgegateway.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The gateway as a process of its own, started as the launcher does, ended as the test likes. */
final class GatewayProcess implements AutoCloseable {
    private final Path directory;
    private final int port;
    private Process process;

    private GatewayProcess(Path directory, int port) throws IOException {
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** Starts it and waits until it accepts. @param uplink TOML of the uplink and its routes. */
    static GatewayProcess start(Path directory, String uplink) throws IOException {
        int port = freePort();
        Files.writeString(directory.resolve("gateway.toml"), """
                [gateway]
                type_id = "edge-gateway"
                device_id = "gw-001"
                data_dir = "data"

                [[listener]]
                bind = "127.0.0.1"
                port = %d
                allow_anonymous = true

                %s
                """.formatted(port, uplink));
        GatewayProcess gateway = new GatewayProcess(directory, port);
        gateway.awaitAccepting();
        return gateway;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.edgegateway.gateway.Main",
                        "run",
                        "--config",
                        directory.resolve("gateway.toml").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("gateway.log").toFile()))
                .start();
    }

    private void awaitAccepting() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!process.isAlive()) {
                throw new IOException("the gateway ended with " + process.exitValue() + ": " + log());
            }
            try (Socket probe = new Socket("127.0.0.1", port)) {
                return probe.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    int port() {
        return port;
    }

    String log() throws IOException {
        return Files.readString(directory.resolve("gateway.log"));
    }

    /** SIGKILL, and a new process on the same store. */
    void killAndRestart() throws Exception {
        process.destroyForcibly().waitFor();
        process = launch();
        awaitAccepting();
    }

    /** SIGTERM. @return the exit status. */
    int stop() throws Exception {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IOException("the gateway does not end: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
