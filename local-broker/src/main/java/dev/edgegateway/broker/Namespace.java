package dev.edgegateway.broker;

/**
 * How one client's topics read inside the broker, and back. The broker routes inner names only.
 *
 * <p>Thread: {@code broker}; must not block and must always give the same answer for the same topic.
 */
public interface Namespace {
    /** The inner name of a topic the client publishes to. */
    TopicName inward(TopicName sent);

    /** The inner form of a filter the client subscribes with. */
    TopicFilter inward(TopicFilter sent);

    /** The name under which the client is to see a message with this inner name. */
    TopicName outward(TopicName inner);

    /** Topics as they are. */
    Namespace PLAIN = new Namespace() {
        @Override
        public TopicName inward(TopicName sent) {
            return sent;
        }

        @Override
        public TopicFilter inward(TopicFilter sent) {
            return sent;
        }

        @Override
        public TopicName outward(TopicName inner) {
            return inner;
        }
    };
}
