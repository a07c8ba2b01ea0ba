package dev.edgegateway.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The gateway's process, and after a kill the next one. Any thread; one at a time kills. */
final class GatewayProcess implements AutoCloseable {
    /** As the launcher sets it: glibc gives each thread a heap of its own, which a small board has no room for. */
    private static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    private final List<String> command;
    private final Path log;
    private @Nullable ChildProcess process;
    private int starts;
    private long mostResidentBytes;
    private boolean closed;

    GatewayProcess(List<String> command, Path log) {
        this.command = command;
        this.log = log;
    }

    /** Starts it for the first time, or again after a kill. */
    synchronized void start() {
        if (closed) {
            throw new IllegalStateException("the demo is over");
        }
        process = ChildProcess.start("gateway", command, ENVIRONMENT, log, line -> {});
        starts++;
    }

    /** Ends it with SIGKILL; {@link #start} brings the next. */
    void kill() throws InterruptedException {
        ChildProcess killed = current();
        if (killed != null) {
            killed.kill();
        }
    }

    void requireAlive() {
        ChildProcess running = current();
        if (running != null) {
            running.requireAlive();
        }
    }

    long pid() {
        ChildProcess running = current();
        return running == null ? 0 : running.pid();
    }

    long residentBytes() {
        ChildProcess running = current();
        long bytes = running == null ? 0 : running.residentBytes();
        synchronized (this) {
            mostResidentBytes = Math.max(mostResidentBytes, bytes);
        }
        return bytes;
    }

    synchronized long mostResidentBytes() {
        return mostResidentBytes;
    }

    synchronized int starts() {
        return starts;
    }

    /** Ends it in good order. Idempotent. */
    @Override
    public void close() {
        ChildProcess last;
        synchronized (this) {
            closed = true;
            last = process;
        }
        if (last != null) {
            last.close();
        }
    }

    private synchronized @Nullable ChildProcess current() {
        return process;
    }
}
