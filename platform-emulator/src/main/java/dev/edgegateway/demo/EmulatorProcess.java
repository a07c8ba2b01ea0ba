package dev.edgegateway.demo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The platform emulator's process. Any thread. */
final class EmulatorProcess implements AutoCloseable {
    /** The application's name in its client id. */
    static final String APPLICATION = "demo";

    /** The application's name to the platform's doorkeeper. */
    static final String API_KEY = "a-" + GatewayToml.ORGANIZATION + "-demo";

    /**
     * The platform's own bound is 5000 messages for one subscription, beyond which the oldest go, whatever their QoS. The
     * demo is about the gateway, so what an outage holds back at any of its rates may wait for the application.
     */
    private static final int MAX_QUEUED = 500_000;

    private static final Pattern READY = Pattern.compile("platform emulator ready on port (\\d+)");

    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final ChildProcess process;

    EmulatorProcess(WorkFolder folder, Tokens tokens) {
        process = ChildProcess.start(
                "platform emulator",
                Java.ofDemo(
                        "384m",
                        "dev.edgegateway.platform.Main",
                        List.of(
                                "--port=0",
                                "--max-queued=" + MAX_QUEUED,
                                "--org=" + GatewayToml.ORGANIZATION,
                                "--api-key=" + API_KEY,
                                "--api-token-file=" + tokens.application(),
                                "--gateway=" + GatewayToml.TYPE + ":" + GatewayToml.DEVICE + "=" + tokens.gateway())),
                Map.of(),
                folder.resolve("platform-emulator.log"),
                this::read);
    }

    /** The port it listens on, once it does. */
    int awaitPort(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            process.requireAlive();
            try {
                return port.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new DemoException(
                            "The platform emulator was not ready after " + patience.toSeconds() + " s", e);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("the port is never completed with a failure", e);
            }
        }
    }

    long pid() {
        return process.pid();
    }

    void requireAlive() {
        process.requireAlive();
    }

    @Override
    public void close() {
        process.close();
    }

    private void read(String line) {
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
            port.complete(Integer.parseInt(matcher.group(1)));
        }
    }
}
