package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.forward.AppendResult;
import dev.edgegateway.forward.OutboundDraft;
import dev.edgegateway.forward.OutboundQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * Step four of a message's way: what a route names goes into the queue under its name at the platform, and the publisher
 * hears of it only when it is on disk. Thread: {@code broker}, except the counters.
 */
public final class UplinkTap implements PublishTap {
    private final Routes routes;
    private final OutboundQueue queue;
    private final boolean retainGoesUp;
    private final ClientInfo downlink;
    private final ClientInfo sensors;
    private final AtomicLong refused = new AtomicLong();
    private boolean full;

    /**
     * @param retainGoesUp whether the platform knows retained messages.
     * @param downlink who publishes what came from the platform: that never goes back up.
     * @param sensors who publishes what nobody waits for.
     */
    public UplinkTap(
            Routes routes, OutboundQueue queue, boolean retainGoesUp, ClientInfo downlink, ClientInfo sensors) {
        this.routes = routes;
        this.queue = queue;
        this.retainGoesUp = retainGoesUp;
        this.downlink = downlink;
        this.sensors = sensors;
    }

    @Override
    public long onPublish(ClientInfo publisher, Message message) {
        if (publisher.equals(downlink)) {
            return NOTHING;
        }
        return switch (routes.destination(message.topic().value())) {
            case Destination.To to -> append(publisher, message, to);
            case Destination.Stays stays -> NOTHING;
            case Destination.Unroutable unroutable -> NOTHING;
        };
    }

    private long append(ClientInfo publisher, Message message, Destination.To to) {
        boolean awaited = message.qos() != Qos.AT_MOST_ONCE && !publisher.equals(sensors);
        AppendResult result = queue.append(new OutboundDraft(
                to.topic(),
                message.payload(),
                to.qosOr(Qos.AT_LEAST_ONCE.level()),
                retainGoesUp && message.retain(),
                awaited));
        return switch (result) {
            case AppendResult.Stored stored -> {
                full = false;
                yield stored.commit();
            }
            case AppendResult.TooLarge tooLarge -> {
                Logger.warn(
                        "{} published {} bytes on {}, the platform takes {}: refused",
                        publisher.clientId(),
                        tooLarge.bytes(),
                        message.topic(),
                        tooLarge.limitBytes());
                refused.incrementAndGet();
                yield REFUSED;
            }
            case AppendResult.Full noRoom -> {
                if (!full) {
                    full = true;
                    Logger.warn("Messages are refused: {}", noRoom.why());
                }
                refused.incrementAndGet();
                yield REFUSED;
            }
        };
    }

    /** Messages not taken since the start: too large, or no room. Any thread. */
    public long refused() {
        return refused.get();
    }
}
