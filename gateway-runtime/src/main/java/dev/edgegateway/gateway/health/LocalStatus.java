package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.tinylog.Logger;

/**
 * The gateway's status for the LAN: a retained message on {@value #TOPIC}, new whenever it stands otherwise with the
 * platform. Its look-out runs on thread {@code timer}.
 */
public final class LocalStatus implements AutoCloseable {
    public static final String TOPIC = "edge-gateway/status";

    private static final ClientInfo STATUS = ClientInfo.inProcess("status");
    private static final long LOOK_MILLIS = 500;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final LocalBroker broker;
    private final StatusEvents events;
    private final Supplier<String> uplink;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timer");
        thread.setDaemon(true);
        return thread;
    });
    private String published = "";

    private LocalStatus(LocalBroker broker, StatusEvents events, Supplier<String> uplink) {
        this.broker = broker;
        this.events = events;
        this.uplink = uplink;
    }

    /** @param uplink how it stands with the platform, in one word. */
    public static LocalStatus open(LocalBroker broker, StatusEvents events, Supplier<String> uplink) {
        LocalStatus status = new LocalStatus(broker, events, uplink);
        status.timer.scheduleWithFixedDelay(status::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return status;
    }

    private void look() {
        try {
            String now = uplink.get();
            if (!now.equals(published)) {
                published = now;
                publish(events.local(now));
            }
        } catch (RuntimeException e) {
            Logger.warn(e, "The local status could not be published");
        }
    }

    private CompletionStage<Void> publish(byte[] payload) {
        return broker.publish(STATUS, new Message(new TopicName(TOPIC), payload, Qos.AT_LEAST_ONCE, true));
    }

    /** Says offline, and waits a moment for that to be on disk. */
    @Override
    public void close() {
        timer.shutdownNow();
        publish(events.localOffline())
                .toCompletableFuture()
                .orTimeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> {
                    Logger.warn(failure, "The local status stays online");
                    return null;
                })
                .join();
    }
}
