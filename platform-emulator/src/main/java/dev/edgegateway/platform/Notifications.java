package dev.edgegateway.platform;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Tells a gateway what of its requests was acknowledged and yet ignored. Thread: {@code broker}. */
final class Notifications {
    /** RC: too many devices for this gateway. */
    static final int TOO_MANY_DEVICES = 173;
    /** RC: the topic matches no rule, or names a type or id that cannot be. */
    static final int TOPIC_INVALID = 276;

    private final Outlet outlet;
    private final InstantSource clock;
    private final LongAdder sent = new LongAdder();

    Notifications(Outlet outlet, InstantSource clock) {
        this.outlet = outlet;
        this.clock = clock;
    }

    /** Which packet was ignored; the name is what the platform calls it. */
    enum Request {
        Publish,
        Subscribe,
        Unsubscribe
    }

    /** A device a topic addressed. */
    record Addressed(String typeId, String deviceId) {}

    /** @param device absent where the topic itself is not valid. */
    void send(
            ClientIdentity.Gateway gateway,
            String clientId,
            Request request,
            String topic,
            @Nullable Addressed device,
            int code,
            String words) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("Request", request.name());
        message.put("Time", Timestamps.of(clock.instant()));
        message.put("Topic", topic);
        if (device != null) {
            message.put("Type", device.typeId());
            message.put("Id", device.deviceId());
        }
        message.put("Client", clientId);
        message.put("RC", code);
        message.put("Message", words);
        outlet.say(gateway.notifyTopic(), message, false);
        sent.increment();
    }

    /** Notifications since the start. Any thread. */
    long sent() {
        return sent.sum();
    }
}
