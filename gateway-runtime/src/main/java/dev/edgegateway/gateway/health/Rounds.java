package dev.edgegateway.gateway.health;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** Short tasks done again and again, all on thread {@code rounds}, until closed. */
public final class Rounds implements AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "rounds");
        thread.setDaemon(true);
        return thread;
    });

    /** Does the task now and after each interval; one that fails is logged and done again. */
    public void every(Duration interval, String name, Runnable task) {
        timer.scheduleAtFixedRate(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException e) {
                        Logger.warn(e, "{} could not be done", name);
                    }
                },
                0,
                interval.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
