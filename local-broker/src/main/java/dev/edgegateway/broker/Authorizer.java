package dev.edgegateway.broker;

import java.util.List;

/**
 * Decides what a client may do, on topics as the client wrote them. Thread: {@code broker}; must not block.
 */
public interface Authorizer {
    /** What becomes of a PUBLISH or of a Will. */
    enum PublishVerdict {
        /** Routed. */
        ALLOW,
        /**
         * Dropped. A 5.0 client is told in PUBACK or PUBREC (0x87); an older one gets the acknowledgement as if it were
         * accepted, since MQTT 3.1.1 section 3.3.5.2 knows no refusal.
         */
        IGNORE,
        /** The connection is closed without an acknowledgement. */
        DISCONNECT
    }

    /** What becomes of one filter of a SUBSCRIBE. */
    enum SubscribeVerdict {
        GRANT,
        /** SUBACK return code 0x80, for a 5.0 client 0x87. */
        REFUSE,
        /** The connection is closed without a SUBACK. */
        DISCONNECT
    }

    PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message);

    /**
     * One verdict for each filter, in the packet's order.
     *
     * @param filters of a shared subscription only the part behind {@code $share/group/}.
     */
    List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters);

    /** Whether the UNSUBSCRIBE takes effect; UNSUBACK is sent in any case. */
    boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters);

    /** Everything is allowed. */
    Authorizer OPEN = new Authorizer() {
        @Override
        public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
            return PublishVerdict.ALLOW;
        }

        @Override
        public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
            return java.util.Collections.nCopies(filters.size(), SubscribeVerdict.GRANT);
        }

        @Override
        public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
            return true;
        }
    };
}
