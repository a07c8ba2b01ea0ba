package dev.edgegateway.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker under test, as a process of its own that answers on a port of 127.0.0.1. */
public final class Peer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_SECONDS = 20;

    private final String name;
    private final int port;
    private final Process process;
    private final Thread ender;
    private final Duration firstConnack;

    private Peer(String name, int port, Process process, Thread ender, Duration firstConnack) {
        this.name = name;
        this.port = port;
        this.process = process;
        this.ender = ender;
        this.firstConnack = firstConnack;
    }

    /**
     * Starts a command and waits until an MQTT client gets its CONNACK on the port. What the process says goes into
     * {@code output.log} of its directory.
     *
     * @throws PeerException if it ends before, or takes longer than two minutes; with the last of what it said.
     */
    public static Peer start(
            String name, Path directory, int port, List<String> command, Map<String, String> environment) {
        Path log = directory.resolve("output.log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            long begin = System.nanoTime();
            Process process = builder.start();
            Thread ender = new Thread(process::destroyForcibly, "ender");
            Runtime.getRuntime().addShutdownHook(ender);
            boolean up = false;
            try {
                up = FirstConnack.await(address(port), process::isAlive, START_LIMIT);
            } finally {
                if (!up) {
                    process.destroyForcibly();
                }
            }
            if (!up) {
                throw new PeerException(name + " did not start: " + lastOf(log));
            }
            return new Peer(name, port, process, ender, Duration.ofNanos(System.nanoTime() - begin));
        } catch (IOException e) {
            throw new PeerException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    private static String lastOf(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }

    /** A port nobody listens on now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public String name() {
        return name;
    }

    public InetSocketAddress address() {
        return address(port);
    }

    /** From the start of the process to the first CONNACK. */
    public Duration firstConnack() {
        return firstConnack;
    }

    /** CPU time of the process so far. */
    public long cpuNanos() {
        return ProcFiles.cpuNanos(process.pid());
    }

    public Memory memory() {
        return ProcFiles.memory(process.pid());
    }

    /** Ends the process as a power cut would: SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        gone();
    }

    /** Ends the process with SIGTERM, and with SIGKILL if that takes too long. */
    @Override
    public void close() {
        process.destroy();
        gone();
    }

    private void gone() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(ender);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException shuttingDown) {
            // The hook itself is running, and ends the process.
            return;
        }
    }
}
