package dev.edgegateway.gateway.health;

import dev.edgegateway.forward.QueueStats;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * The gateway's status as an event, for platform and LAN alike: {@code {"d":{"status":"online","generation":7,
 * "connection":2,...},"ts":"..."}}. The generation counts the starts of the gateway on its store and the connection those
 * within a generation, so that an "offline" that comes late is told from one that matters. Any thread.
 */
public final class StatusEvents {
    private final long generation;
    private final InstantSource clock;

    public StatusEvents(long generation, InstantSource clock) {
        this.generation = generation;
        this.clock = clock;
    }

    /** To be published when a connection stands. */
    public byte[] online(long connection, QueueStats queue) {
        Map<String, Object> figures = status("online", "connected", connection);
        figures.put("queued", queue.depth());
        figures.put("queued_bytes", queue.bytes());
        figures.put("oldest_age_s", queue.oldestAgeMillis() < 0 ? null : queue.oldestAgeMillis() / 1000);
        figures.put("dropped", queue.dropped());
        return event(figures);
    }

    /** To be published by the platform for us when the connection breaks; carries no time, since nobody knows it yet. */
    public byte[] will(long connection) {
        return JSON.std.asBytes(Map.of("d", status("offline", "connection lost", connection)));
    }

    /** To be published when the gateway stops on purpose. */
    public byte[] offline(long connection) {
        return event(status("offline", "stopped", connection));
    }

    /** The local form of offline. */
    public byte[] localOffline() {
        return event(status("offline", "stopped"));
    }

    /** The local form of online, with how it stands with the platform. */
    public byte[] local(String uplink) {
        Map<String, Object> figures = status("online", "running");
        figures.put("uplink", uplink);
        return event(figures);
    }

    private Map<String, Object> status(String status, String reason, long connection) {
        Map<String, Object> figures = status(status, reason);
        figures.put("connection", connection);
        return figures;
    }

    private Map<String, Object> status(String status, String reason) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("status", status);
        figures.put("generation", generation);
        figures.put("reason", reason);
        return figures;
    }

    private byte[] event(Map<String, Object> figures) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("d", figures);
        event.put("ts", clock.instant().toString());
        return JSON.std.asBytes(event);
    }
}
