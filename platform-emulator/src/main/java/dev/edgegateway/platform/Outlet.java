package dev.edgegateway.platform;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * The platform's own voice on its broker. The broker is built from parts that use this, so it comes in a moment later;
 * until then nobody is let in, and so there is nothing to say. Any thread.
 */
final class Outlet {
    private static final ClientInfo PLATFORM = ClientInfo.inProcess("platform");

    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private volatile @Nullable LocalBroker broker;
    private volatile int port;

    /** Gives it the broker, and the port it is bound to. */
    void bind(LocalBroker opened, int boundPort) {
        port = boundPort;
        broker = opened;
        ready.complete(null);
    }

    /** Completes once there is a broker. */
    CompletionStage<Void> ready() {
        return ready;
    }

    /** The port of the broker, 0 before there is one. */
    int port() {
        return port;
    }

    /** Publishes an object as JSON at QoS 0, as the platform does with all it says itself. */
    void say(String topic, Map<String, Object> object, boolean retain) {
        publish(topic, JSON.std.asBytes(object), retain);
    }

    /** Forgets the retained message of a topic. */
    void forget(String topic) {
        publish(topic, new byte[0], true);
    }

    /** Ends the connection of a client. */
    void disconnect(String clientId, DisconnectReason reason) {
        with(opened -> opened.disconnect(clientId, reason));
    }

    private void publish(String topic, byte[] payload, boolean retain) {
        Message message = new Message(new TopicName(topic), payload, Qos.AT_MOST_ONCE, retain);
        // The outcome is of no use: a broker that takes no more is closing, and then no one is left to hear it.
        with(opened -> opened.publish(PLATFORM, message));
    }

    private void with(Consumer<LocalBroker> action) {
        LocalBroker opened = broker;
        if (opened != null) {
            action.accept(opened);
        }
    }
}
