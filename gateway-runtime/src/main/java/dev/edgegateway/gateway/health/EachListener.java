package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import java.time.Instant;
import java.util.List;

/** Tells several listeners, in their order. Thread: {@code broker}. */
public record EachListener(List<BrokerListener> listeners) implements BrokerListener {
    public EachListener {
        listeners = List.copyOf(listeners);
    }

    @Override
    public void connected(ClientInfo client) {
        listeners.forEach(listener -> listener.connected(client));
    }

    @Override
    public void refused(ConnectRequest request, String why) {
        listeners.forEach(listener -> listener.refused(request, why));
    }

    @Override
    public void failed(String listener, String remoteAddress, String why) {
        listeners.forEach(each -> each.failed(listener, remoteAddress, why));
    }

    @Override
    public void disconnected(ClientInfo client, DisconnectReason reason, Traffic traffic, Instant at) {
        listeners.forEach(listener -> listener.disconnected(client, reason, traffic, at));
    }
}
