package dev.edgegateway.demo.client;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Writes reports as lines, on a thread of its own so that no callback waits for the reader; flushed when there is
 * nothing more to write. Its queue is bounded: a reader that falls far behind slows the clients down.
 */
final class ReportWriter implements Consumer<Report>, AutoCloseable {
    private static final int MAX_WAITING = 10_000;

    /** Ends the thread. */
    private static final String END = "";

    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final BufferedWriter out;
    private final Thread thread;

    ReportWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        this.thread = Thread.ofPlatform().daemon().name("reports").start(this::write);
    }

    /** Any thread; waits while the queue is full. */
    @Override
    public void accept(Report report) {
        put(ReportLine.write(report));
    }

    /** Writes what is waiting and ends. */
    @Override
    public void close() {
        put(END);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void put(String line) {
        try {
            waiting.put(line);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a failed write the reader has gone, which the end of our input says too: the rest is swallowed. */
    private void write() {
        boolean broken = false;
        try {
            while (true) {
                String line = waiting.poll();
                if (line == null) {
                    broken = broken || !attempt(out::flush);
                    line = waiting.take();
                }
                if (line.equals(END)) {
                    attempt(out::flush);
                    return;
                }
                String whole = line + '\n';
                broken = broken || !attempt(() -> out.write(whole));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean attempt(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private interface Writing {
        void run() throws IOException;
    }
}
