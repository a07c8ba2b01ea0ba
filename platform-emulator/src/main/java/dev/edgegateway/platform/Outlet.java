package dev.edgegateway.platform;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * The platform's own voice on its broker. The broker is built from parts that use this, so it comes in later; what is
 * said before that waits. Any thread.
 */
final class Outlet {
    /** Clients can come in between the broker's start and {@link #bind}, a moment later; more than this cannot. */
    private static final int MAX_WAITING = 10_000;

    private static final ClientInfo PLATFORM = ClientInfo.inProcess("platform");

    private final Queue<Consumer<LocalBroker>> waiting = new ArrayDeque<>();
    private volatile @Nullable LocalBroker broker;

    /** Gives it the broker, once. */
    void bind(LocalBroker opened) {
        synchronized (waiting) {
            waiting.forEach(said -> said.accept(opened));
            waiting.clear();
            broker = opened;
        }
    }

    /** Publishes an object as JSON at QoS 0, as the platform does with all it says itself. */
    void say(String topic, Map<String, Object> object, boolean retain) {
        publish(new Message(new TopicName(topic), bytes(object), Qos.AT_MOST_ONCE, retain));
    }

    /** Forgets the retained message of a topic. */
    void forget(String topic) {
        publish(new Message(new TopicName(topic), new byte[0], Qos.AT_MOST_ONCE, true));
    }

    /** Ends the connection of a client. */
    void disconnect(String clientId, DisconnectReason reason) {
        with(opened -> opened.disconnect(clientId, reason));
    }

    private void publish(Message message) {
        // A broker that is closing takes no more, and then there is no one left to hear it either.
        with(opened -> opened.publish(PLATFORM, message));
    }

    private void with(Consumer<LocalBroker> action) {
        LocalBroker opened = broker;
        if (opened == null) {
            synchronized (waiting) {
                opened = broker;
                if (opened == null) {
                    if (waiting.size() < MAX_WAITING) {
                        waiting.add(action);
                    }
                    return;
                }
            }
        }
        action.accept(opened);
    }

    private static byte[] bytes(Map<String, Object> object) {
        return JSON.std.asBytes(object);
    }
}
