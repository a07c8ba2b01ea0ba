package dev.edgegateway.broker;

import dev.edgegateway.broker.netty.NettyBroker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The broker as the rest of the process sees it. All methods may be called from any thread.
 */
public interface LocalBroker extends AutoCloseable {

    /**
     * Opens every listener and takes back the sessions the store has, or throws.
     *
     * @throws IllegalStateException naming the listener that could not be opened, and why.
     */
    static LocalBroker open(Parts parts) {
        return NettyBroker.open(parts);
    }

    /** The port a listener is bound to, which is the one asked for unless that was 0. */
    int port(String listener);

    /**
     * Publishes as a part of this process.
     *
     * @param publisher see {@link ClientInfo#inProcess}.
     * @return completes when all that must survive of it is on disk; fails if the broker is closed or the tap refused.
     */
    CompletionStage<Void> publish(ClientInfo publisher, Message message);

    /**
     * Subscribes a part of this process. The receiver is called on thread {@code broker} and must not block; retained
     * messages are delivered first.
     *
     * @return ends the subscription when closed.
     */
    Subscription subscribe(String name, TopicFilter filter, Consumer<Message> receiver);

    /** Ends the connection of a client; nothing happens if there is none. */
    void disconnect(String clientId, DisconnectReason reason);

    /** Says that every commit up to this number is on disk, which releases the acknowledgements that wait for them. */
    void committedThrough(long commit);

    /** Counters as they stand. */
    BrokerStats stats();

    /** Connected and remembered clients, in no order. */
    List<ClientStatus> clients();

    /** What a client is subscribed to; empty if there is no such client. */
    List<TopicFilter> subscriptions(String clientId);

    /** The filters clients are subscribed to, up to a number of them, each with how many hold it. */
    Map<TopicFilter, Integer> subscribed(int limit);

    /** Retained messages that match, up to a number of them. */
    List<Message> retained(TopicFilter filter, int limit);

    /**
     * Forgets the retained messages that match; subscribers are not told.
     *
     * @return how many; completes once that is on disk.
     */
    CompletionStage<Integer> clearRetained(TopicFilter filter);

    /** Stops listening, ends all connections, keeps the sessions. Idempotent. */
    @Override
    void close();

    /** A subscription of a part of this process. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /** All that a broker is built from. */
    record Parts(
            BrokerSettings settings,
            BrokerStore store,
            PublishTap tap,
            Authenticator authenticator,
            Authorizer authorizer,
            BrokerListener listener) {

        /** Keeps nothing over a restart and lets everyone do everything; for tests and short-lived peers. */
        public static Parts inMemory(BrokerSettings settings) {
            return new Parts(
                    settings,
                    BrokerStore.NONE,
                    PublishTap.NONE,
                    Authenticator.ANONYMOUS,
                    Authorizer.OPEN,
                    BrokerListener.NONE);
        }
    }
}
