package dev.edgegateway.gateway.downlink;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.forward.DownlinkListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Hands what comes from the platform to the local broker; the platform's acknowledgement waits until all that must
 * survive of it there is on disk. Any thread.
 */
public final class DownlinkRouter implements DownlinkListener {
    /** Who publishes here what came from there. */
    public static final ClientInfo PLATFORM = ClientInfo.inProcess("uplink");

    private final LocalBroker broker;
    private final Function<String, @Nullable String> localTopic;
    private final AtomicLong received = new AtomicLong();

    /** @param localTopic the inner topic for one of the platform's, or null if it concerns nobody here. */
    public DownlinkRouter(LocalBroker broker, Function<String, @Nullable String> localTopic) {
        this.broker = broker;
        this.localTopic = localTopic;
    }

    @Override
    public CompletionStage<Void> onMessage(String topic, byte[] payload, int qos) {
        received.incrementAndGet();
        String local = localTopic.apply(topic);
        if (local == null) {
            Logger.warn("Message from the platform on {} has no place here and is left", topic);
            return CompletableFuture.completedFuture(null);
        }
        return broker.publish(PLATFORM, new Message(new TopicName(local), payload, Qos.of(qos), false));
    }

    /** Messages that came down since the start. */
    public long received() {
        return received.get();
    }
}
