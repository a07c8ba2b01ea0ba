package dev.edgegateway.gateway.control;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * A running gateway in numbers. In JSON the names are the components' in {@code snake_case}, and what is null is left
 * out.
 *
 * @param sensors in the order of the configuration.
 */
public record StatusReport(
        Gateway gateway, Broker broker, Uplink uplink, Queue queue, Store store, List<Sensor> sensors) {

    public StatusReport {
        sensors = List.copyOf(sensors);
    }

    /** As the control socket says it: one line. */
    public String toJson() {
        return JSON.std.asString(RecordCodec.toMap(this));
    }

    /** @param generation how often this gateway was started on its store, this time included. */
    public record Gateway(
            String typeId, String deviceId, String version, long generation, long pid, long uptimeSeconds) {}

    /**
     * The local broker.
     *
     * @param clients open connections past CONNACK.
     * @param sessions connected and remembered clients.
     * @param received messages from clients and parts of the gateway since the start.
     * @param sent messages to clients since the start.
     * @param dropped messages dropped since the start, for a full queue or a slow reader.
     * @param queuedMessages waiting for clients now.
     */
    public record Broker(
            List<Listener> listeners,
            int clients,
            int sessions,
            int subscriptions,
            int retained,
            long received,
            long sent,
            long dropped,
            long queuedMessages,
            long queuedBytes) {
        public Broker {
            listeners = List.copyOf(listeners);
        }
    }

    /** @param port the one bound. */
    public record Listener(String name, String bind, int port) {}

    /**
     * The way to the platform.
     *
     * @param profile null, like name and url, if there is no uplink.
     * @param sinceSeconds how long the state has lasted.
     * @param lastError why the last attempt or connection failed; null if none has since the start.
     */
    public record Uplink(
            UplinkState state,
            @Nullable String name,
            @Nullable String profile,
            @Nullable String url,
            long sinceSeconds,
            @Nullable String lastError,
            int inFlight) {
        /** For a gateway that relays nothing. */
        public static final Uplink NONE = new Uplink(UplinkState.NONE, null, null, null, 0, null, 0);
    }

    /** Where the uplink stands. */
    public enum UplinkState {
        CONNECTED,
        CONNECTING,
        /** Until the next attempt. */
        WAITING,
        /** Likewise, after the platform said no to the credentials or the client id. */
        REFUSED,
        /** Nothing is relayed. */
        NONE
    }

    /**
     * What the platform does not have yet.
     *
     * @param maxBytes what the queue may hold.
     * @param oldestAgeSeconds null if the queue is empty or the age is not known.
     * @param appended messages ever taken, by this store.
     * @param delivered messages the platform has acknowledged, ever.
     * @param dropped messages dropped for want of room or for age, ever.
     */
    public record Queue(
            long depth,
            long bytes,
            long maxBytes,
            @Nullable Long oldestAgeSeconds,
            long appended,
            long delivered,
            long dropped) {}

    /**
     * The file underneath.
     *
     * @param commits since the start.
     * @param bytesWritten since the start.
     * @param fileBytes its size now.
     */
    public record Store(long commits, long bytesWritten, long fileBytes) {}

    /**
     * One sensor.
     *
     * @param ageSeconds of the values; null if there were none yet.
     * @param error why the last reading failed; null if it did not.
     * @param values of the last reading that succeeded.
     */
    public record Sensor(
            String id,
            String driver,
            SensorState state,
            @Nullable Long ageSeconds,
            @Nullable String error,
            List<Value> values) {
        public Sensor {
            values = List.copyOf(values);
        }
    }

    /** Whether the values of a sensor can be relied on. */
    public enum SensorState {
        GOOD,
        /** The last values are older than they should be. */
        STALE,
        FAILED
    }

    /** @param unit SenML symbol; empty if unknown. */
    public record Value(String name, double value, String unit) {}
}
