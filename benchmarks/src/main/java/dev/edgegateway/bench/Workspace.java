package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.GatewayProcess;
import dev.edgegateway.bench.peer.GatewayProcess.Setup;
import dev.edgegateway.bench.peer.PeerException;
import dev.edgegateway.bench.report.Spread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
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
    private static final int SYNCS = 51;
    private static final int SYNCED_BYTES = 16 * 1024;

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

    /** What a durable acknowledgement costs at least here: the median time to write 16 KiB and sync it. */
    Duration syncTime() {
        List<Duration> times = new ArrayList<>();
        Path file = directory.resolve("sync");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long start = System.nanoTime();
                channel.write(ByteBuffer.allocate(SYNCED_BYTES));
                channel.force(false);
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Spread(times).median();
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
