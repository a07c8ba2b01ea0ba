package dev.edgegateway.broker.netty;

import static dev.edgegateway.broker.session.PacketException.malformed;
import static dev.edgegateway.broker.session.PacketException.protocolError;

import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.SubscriptionOptions;
import dev.edgegateway.broker.SubscriptionOptions.RetainHandling;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.session.PacketReceiver;
import dev.edgegateway.broker.session.PacketReceiver.Requested;
import java.util.ArrayList;
import java.util.List;

/** SUBSCRIBE and UNSUBSCRIBE. */
final class FilterDecoder {
    private final PacketBody body;
    private final Properties properties;

    FilterDecoder(PacketBody body, Properties properties) {
        this.body = body;
        this.properties = properties;
    }

    void subscribe(int level, PacketReceiver receiver) {
        int packetId = body.packetId();
        int identifier = 0;
        if (level == 5) {
            properties.read(body, Properties.OF_SUBSCRIBE);
            identifier = (int) properties.number(Properties.SUBSCRIPTION_ID, 0);
        }
        if (body.left() == 0) {
            throw protocolError("SUBSCRIBE without a filter");
        }
        List<Requested> requested = new ArrayList<>(2);
        while (body.left() > 0) {
            TopicFilter filter = filter();
            int options = body.u8();
            requested.add(new Requested(filter, level == 5 ? options(options, identifier, filter) : qos(options)));
        }
        receiver.onSubscribe(packetId, requested);
    }

    private static SubscriptionOptions qos(int options) {
        if (options > 2) {
            throw malformed("subscription options " + options);
        }
        return SubscriptionOptions.of(Qos.of(options));
    }

    private static SubscriptionOptions options(int options, int identifier, TopicFilter filter) {
        if ((options & 3) == 3 || (options & 0xC0) != 0 || (options & 0x30) == 0x30) {
            throw malformed("subscription options " + options);
        }
        boolean noLocal = (options & 4) != 0;
        if (noLocal && filter.isShared()) {
            throw protocolError("No Local on a shared subscription");
        }
        return new SubscriptionOptions(
                Qos.of(options & 3), noLocal, (options & 8) != 0, RetainHandling.of(options >> 4 & 3), identifier);
    }

    void unsubscribe(int level, PacketReceiver receiver) {
        int packetId = body.packetId();
        if (level == 5) {
            properties.read(body, Properties.OF_UNSUBSCRIBE);
        }
        if (body.left() == 0) {
            throw protocolError("UNSUBSCRIBE without a filter");
        }
        List<TopicFilter> filters = new ArrayList<>(2);
        while (body.left() > 0) {
            filters.add(filter());
        }
        receiver.onUnsubscribe(packetId, filters);
    }

    private TopicFilter filter() {
        String text = body.string();
        try {
            return new TopicFilter(text);
        } catch (IllegalArgumentException e) {
            throw malformed("a topic filter that is none");
        }
    }
}
