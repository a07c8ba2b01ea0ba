package dev.edgegateway.platform;

import dev.edgegateway.broker.Namespace;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;

/**
 * A client's view of the platform's topics; it also carries who the client is, since the broker hands it back with every
 * request.
 */
sealed interface PlatformNamespace extends Namespace {
    ClientIdentity identity();

    /** The view that belongs to an identity. */
    static PlatformNamespace of(ClientIdentity identity) {
        return switch (identity) {
            case ClientIdentity.Device device -> new OfDevice(device);
            case ClientIdentity.Gateway gateway -> new OfGateway(gateway);
            case ClientIdentity.Application application -> new OfApplication(application);
        };
    }

    /** A device leaves itself out of its topics: {@code iot-2/evt/...} is {@code iot-2/type/{t}/id/{i}/evt/...}. */
    record OfDevice(ClientIdentity.Device identity) implements PlatformNamespace {
        @Override
        public TopicName inward(TopicName sent) {
            return new TopicName(insert(sent.value()));
        }

        @Override
        public TopicFilter inward(TopicFilter sent) {
            return new TopicFilter(insert(sent.value()));
        }

        @Override
        public TopicName outward(TopicName inner) {
            String topic = inner.value();
            int root = topic.indexOf('/');
            String self = self();
            return root >= 0 && topic.startsWith(self, root)
                    ? new TopicName(topic.substring(0, root) + topic.substring(root + self.length() - 1))
                    : inner;
        }

        private String insert(String topic) {
            int root = topic.indexOf('/');
            return root < 0 ? topic : topic.substring(0, root) + self() + topic.substring(root + 1);
        }

        private String self() {
            return "/type/" + identity.typeId() + "/id/" + identity.deviceId() + "/";
        }
    }

    /** A gateway names everyone in full; only its own monitoring messages have a short filter. */
    record OfGateway(ClientIdentity.Gateway identity) implements PlatformNamespace {
        @Override
        public TopicName inward(TopicName sent) {
            return sent;
        }

        @Override
        public TopicFilter inward(TopicFilter sent) {
            return sent.value().equals("iot-2/mon") ? new TopicFilter(identity.monitorTopic()) : sent;
        }

        @Override
        public TopicName outward(TopicName inner) {
            return inner;
        }
    }

    /** An application names everyone in full. */
    record OfApplication(ClientIdentity.Application identity) implements PlatformNamespace {
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
    }
}
