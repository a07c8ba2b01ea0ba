package dev.edgegateway.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The local broker alone, in memory, with the JVM options of the appliance. */
public final class OwnBroker {
    private OwnBroker() {}

    /**
     * Starts one.
     *
     * @param jvmOptions the appliance's file of options.
     * @param more further options for the JVM, after those.
     */
    public static Peer start(Path directory, Path jvmOptions, List<String> more) {
        int port = Peer.freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + jvmOptions);
        command.addAll(more);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                StandaloneBroker.class.getName(),
                Integer.toString(port)));
        try {
            return Peer.start("broker", Files.createDirectories(directory), port, command, Map.of());
        } catch (IOException e) {
            throw new PeerException("no directory for the broker: " + e.getMessage(), e);
        }
    }
}
