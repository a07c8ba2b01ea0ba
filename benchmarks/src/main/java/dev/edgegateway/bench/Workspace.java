package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.GatewayProcess;
import dev.edgegateway.bench.peer.GatewayProcess.Setup;
import dev.edgegateway.bench.peer.PeerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the runs keep their files, and where the gateway is. The files are removed on close.
 *
 * @param root of the repository, from the system property {@code bench.root}.
 * @param directory fresh, on the same disk as the repository.
 */
record Workspace(Path root, Path directory) implements AutoCloseable {

    static Workspace open() {
        String property = System.getProperty("bench.root");
        if (property == null) {
            throw new PeerException("the property bench.root is missing: start this with benchmarks/run");
        }
        Path root = Path.of(property).toAbsolutePath();
        try {
            Path parent = Files.createDirectories(root.resolve("benchmarks/target/runs"));
            return new Workspace(root, Files.createTempDirectory(parent, "run-"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A gateway with a directory of its own in here.
     *
     * @param name of that directory.
     * @param jvmOptions further options for its JVM.
     */
    GatewayProcess gateway(String name, Setup setup, List<String> jvmOptions) {
        return new GatewayProcess(root.resolve("edge-gateway"), directory.resolve(name), setup, jvmOptions);
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
