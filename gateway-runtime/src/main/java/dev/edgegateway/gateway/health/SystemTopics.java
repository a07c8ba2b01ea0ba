package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.forward.QueueStats;
import dev.edgegateway.gateway.store.StoreStats;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Broker and gateway in figures under {@code $SYS/}: retained in memory, at QoS 0 so that no session queues them, and
 * published only if they changed. One thread.
 */
public final class SystemTopics {
    /** Who publishes them; none of it goes to the platform. */
    public static final ClientInfo PUBLISHER = ClientInfo.inProcess("sys");

    /**
     * Where the figures come from.
     *
     * @param uplinkName null if there is no uplink.
     * @param uplink how it stands with the platform, in one word.
     */
    public record Sources(
            String version,
            LongSupplier nanos,
            Supplier<QueueStats> queue,
            Supplier<StoreStats> store,
            @Nullable String uplinkName,
            Supplier<String> uplink) {}

    private final LocalBroker broker;
    private final Sources sources;
    private final BrokerFigures figures;
    private final Map<String, String> published = new HashMap<>();

    public SystemTopics(LocalBroker broker, Sources sources) {
        this.broker = broker;
        this.sources = sources;
        this.figures = new BrokerFigures(sources.version(), sources.nanos().getAsLong());
    }

    /** Publishes what changed since the last time. */
    public void publish() {
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.totalMemory() - runtime.freeMemory();
        figures.read(broker.stats(), heap, sources.nanos().getAsLong()).forEach(this::publish);
        QueueStats queue = sources.queue().get();
        publish("$SYS/gateway/queue/messages", Long.toString(queue.depth()));
        publish("$SYS/gateway/queue/bytes", Long.toString(queue.bytes()));
        publish("$SYS/gateway/queue/oldest_age", Math.max(0, queue.oldestAgeMillis()) / 1000 + " seconds");
        publish("$SYS/gateway/queue/dropped", Long.toString(queue.dropped()));
        StoreStats store = sources.store().get();
        publish("$SYS/gateway/store/commits", Long.toString(store.commits()));
        publish("$SYS/gateway/store/bytes_written", Long.toString(store.bytesWritten()));
        publishUplink();
    }

    /** Publishes how it stands with the platform, if that changed. */
    public void publishUplink() {
        String word = sources.uplink().get();
        publish("$SYS/gateway/uplink/state", word);
        String name = sources.uplinkName();
        if (name != null) {
            String level = name.replaceAll("[+#/\\x00]", "_");
            publish("$SYS/broker/connection/" + level + "/state", word.equals("connected") ? "1" : "0");
        }
    }

    private void publish(String topic, String value) {
        if (!value.equals(published.put(topic, value))) {
            broker.publish(
                    PUBLISHER,
                    new Message(new TopicName(topic), value.getBytes(StandardCharsets.UTF_8), Qos.AT_MOST_ONCE, true));
        }
    }
}
