package dev.edgegateway.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A process that the demo started: its lines on standard output come to a consumer, on a virtual thread, and its standard
 * error goes to a file. Any thread.
 */
final class ChildProcess implements AutoCloseable {
    /** How long a process may take to end itself. */
    private static final Duration GRACE = Duration.ofSeconds(8);

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread reader;
    private volatile boolean endWanted;

    private ChildProcess(String name, Process process, Path log, Consumer<String> lines) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.reader = Thread.ofVirtual().name(name).start(() -> read(lines));
    }

    /**
     * @param environment in addition to our own.
     * @param log appended to.
     * @throws UncheckedIOException if it cannot be started.
     */
    static ChildProcess start(
            String name, List<String> command, Map<String, String> environment, Path log, Consumer<String> lines) {
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            return new ChildProcess(name, builder.start(), log, lines);
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " does not start: " + e.getMessage(), e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Writes a line to its standard input; a process that has gone does not hear it. */
    void send(String line) {
        try {
            process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            endWanted = endWanted || !process.isAlive();
        }
    }

    /** Ends it with SIGKILL, and waits until it is gone. */
    void kill() throws InterruptedException {
        endWanted = true;
        process.destroyForcibly().waitFor();
    }

    /**
     * Whether it has ended without having been told to.
     *
     * @throws DemoException if so, with the end of what it said.
     */
    void requireAlive() {
        if (!endWanted && !process.isAlive()) {
            throw new DemoException(
                    "The " + name + " ended by itself with status " + process.exitValue() + lastWords());
        }
    }

    /** Bytes of memory it has in RAM, 0 if that cannot be read. */
    long residentBytes() {
        try (var lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    /** Closes its standard input and asks it to end, then ends it. Idempotent. */
    @Override
    public void close() {
        endWanted = true;
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has gone already.
        }
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            reader.join(GRACE);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<String> lines) {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.accept(line);
            }
        } catch (IOException e) {
            // A killed process ends its lines like this.
        }
    }

    private String lastWords() {
        try {
            List<String> said = Files.readAllLines(log);
            List<String> last = said.subList(Math.max(0, said.size() - 10), said.size());
            return last.isEmpty() ? "" : "; it last said:\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "";
        }
    }
}
