package dev.edgegateway.bench.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Mosquitto, set up so that it loses nothing under a closed loop and writes nothing to disk. */
public final class Mosquitto {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/sbin/mosquitto"), Path.of("/usr/local/sbin/mosquitto"), Path.of("/usr/bin/mosquitto"));

    private Mosquitto() {}

    /** Starts one. Its client window is as wide as the gateway's: 100 messages in flight. */
    public static Peer start(Path directory) {
        int port = Peer.freePort();
        try {
            Path config = Files.createDirectories(directory).resolve("mosquitto.conf");
            Files.writeString(config, """
                    listener %d 127.0.0.1
                    allow_anonymous true
                    persistence false
                    max_queued_messages 0
                    max_inflight_messages 100
                    set_tcp_nodelay true
                    log_dest stderr
                    log_type error
                    log_type warning
                    """.formatted(port));
            return Peer.start("mosquitto", directory, port, List.of(program(), "-c", config.toString()), Map.of());
        } catch (IOException e) {
            throw new PeerException("no configuration for mosquitto: " + e.getMessage(), e);
        }
    }

    /** Name and version, as the program says it. */
    public static String version() {
        try {
            Process process = new ProcessBuilder(program(), "-h")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return output.lines().findFirst().orElse("mosquitto");
        } catch (IOException e) {
            throw new PeerException("mosquitto does not say its version: " + e.getMessage(), e);
        }
    }

    private static String program() {
        return PLACES.stream()
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseThrow(() -> new PeerException(
                        "mosquitto, the broker to compare with, is not installed: apt-get install mosquitto"));
    }
}
