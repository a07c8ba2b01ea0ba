package dev.edgegateway.gateway.health;

import dev.edgegateway.broker.BrokerStats;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The broker in figures, under the names by which Mosquitto's users and exporters know them. Not thread-safe: it
 * remembers the last sample.
 */
final class BrokerFigures {
    private static final String ROOT = "$SYS/broker/";

    private final String version;
    private final Map<String, LoadAverage> loads = new TreeMap<>();
    private final Map<String, String> figures = new LinkedHashMap<>();
    private long lastNanos;
    private long uptimeNanos;
    private long heapMaximum;

    /** @param nowNanos the start, by the clock that {@code read} is told. */
    BrokerFigures(String version, long nowNanos) {
        this.version = version;
        this.lastNanos = nowNanos;
    }

    /**
     * Topic to payload.
     *
     * @param heapBytes in use.
     */
    Map<String, String> read(BrokerStats stats, long heapBytes, long nowNanos) {
        figures.clear();
        double seconds = (nowNanos - lastNanos) / 1e9;
        uptimeNanos += nowNanos - lastNanos;
        lastNanos = nowNanos;
        BrokerStats.Detail detail = stats.detail();
        put("version", "edge-gateway version " + version);
        put("uptime", uptimeNanos / 1_000_000_000 + " seconds");
        clients(stats);
        put("messages/received", detail.packetsReceived());
        put("messages/sent", detail.packetsSent());
        put("messages/stored", stats.queuedMessages() + stats.retained());
        put("store/messages/count", stats.queuedMessages() + stats.retained());
        put("store/messages/bytes", stats.queuedBytes() + detail.retainedBytes());
        put("publish/messages/received", stats.publishReceived());
        put("publish/messages/sent", stats.publishSent());
        put("publish/messages/dropped", stats.publishDropped());
        put("publish/bytes/received", detail.publishBytesReceived());
        put("publish/bytes/sent", detail.publishBytesSent());
        put("bytes/received", stats.bytesReceived());
        put("bytes/sent", stats.bytesSent());
        put("subscriptions/count", stats.subscriptions());
        put("shared_subscriptions/count", detail.sharedSubscriptions());
        put("retained messages/count", stats.retained());
        put("connections/socket/count", detail.connections());
        heapMaximum = Math.max(heapMaximum, heapBytes);
        put("heap/current", heapBytes);
        put("heap/maximum", heapMaximum);
        if (seconds > 0) {
            loads(stats, seconds);
        }
        return Map.copyOf(figures);
    }

    private void clients(BrokerStats stats) {
        int away = Math.max(0, stats.sessions() - stats.clientsConnected());
        put("clients/connected", stats.clientsConnected());
        put("clients/disconnected", away);
        put("clients/active", stats.clientsConnected());
        put("clients/inactive", away);
        put("clients/total", stats.sessions());
        put("clients/maximum", Math.max(stats.sessions(), stats.detail().clientsMaximum()));
        put("clients/expired", stats.sessionsExpired());
    }

    private void loads(BrokerStats stats, double seconds) {
        BrokerStats.Detail detail = stats.detail();
        load("connections", detail.connects(), seconds);
        load("sockets", detail.connectionsOpened(), seconds);
        load("messages/received", detail.packetsReceived(), seconds);
        load("messages/sent", detail.packetsSent(), seconds);
        load("publish/received", stats.publishReceived(), seconds);
        load("publish/sent", stats.publishSent(), seconds);
        load("publish/dropped", stats.publishDropped(), seconds);
        load("bytes/received", stats.bytesReceived(), seconds);
        load("bytes/sent", stats.bytesSent(), seconds);
    }

    private void load(String name, long count, double seconds) {
        LoadAverage load = loads.computeIfAbsent(name, fresh -> new LoadAverage());
        load.sample(count, seconds);
        put("load/" + name + "/1min", load.perMinute1());
        put("load/" + name + "/5min", load.perMinute5());
        put("load/" + name + "/15min", load.perMinute15());
    }

    private void put(String name, long value) {
        put(name, Long.toString(value));
    }

    private void put(String name, double value) {
        put(name, String.format(Locale.ROOT, "%.2f", value));
    }

    private void put(String name, String value) {
        figures.put(ROOT + name, value);
    }
}
