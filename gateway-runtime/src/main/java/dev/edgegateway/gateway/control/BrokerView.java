package dev.edgegateway.gateway.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * What the control socket tells of the local broker. In JSON as {@link StatusReport}. Lists are cut where they would be
 * too long; then {@code complete} is false.
 */
public sealed interface BrokerView {

    /** As the control socket says it: one line. */
    default String toJson() {
        return JSON.std.asString(RecordCodec.toMap((Record) this));
    }

    /** @param total clients there are, listed or not. */
    record Clients(List<Client> clients, int total, boolean complete) implements BrokerView {
        public Clients {
            clients = List.copyOf(clients);
        }
    }

    /** One client with its filters. */
    record ClientDetail(Client client, List<String> subscribed, boolean complete) implements BrokerView {
        public ClientDetail {
            subscribed = List.copyOf(subscribed);
        }
    }

    /** @param topics retained messages, without what they say. */
    record RetainedTopics(List<Retained> topics, boolean complete) implements BrokerView {
        public RetainedTopics {
            topics = List.copyOf(topics);
        }
    }

    /** Topics with a retained message, and filters somebody is subscribed to. */
    record Topics(List<Topic> topics, boolean complete) implements BrokerView {
        public Topics {
            topics = List.copyOf(topics);
        }
    }

    /** @param count what was done this often. */
    record Done(int count) implements BrokerView {}

    /**
     * A client, connected or remembered.
     *
     * @param connection null while it is away.
     */
    record Client(
            String id,
            @Nullable Connection connection,
            boolean persistent,
            int subscriptions,
            int inFlight,
            int queued,
            long queuedBytes) {}

    /**
     * A client's connection.
     *
     * @param since in ISO 8601.
     * @param readMessages from the client.
     */
    record Connection(
            @Nullable String user,
            String listener,
            String address,
            String protocol,
            boolean clean,
            String since,
            int keepAliveSeconds,
            long readMessages,
            long writtenMessages,
            long readBytes,
            long writtenBytes) {}

    /** @param bytes of the payload. */
    record Retained(String topic, int bytes, int qos) {}

    /** @param subscribers clients that hold exactly this filter. */
    record Topic(String name, int subscribers, boolean retained) {}
}
