package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.PeerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Where the runs keep their files, and where the gateway's program is. The files are removed on close.
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

    /** The JVM options of the appliance. */
    Path jvmOptions() {
        return root.resolve("gateway-runtime/src/main/app/jvm.options");
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
