package dev.edgegateway.demo.screen;

import java.time.Duration;
import java.util.List;

/**
 * The path at one moment.
 *
 * @param phase what is going on, one or two words.
 * @param elapsed since the devices began to publish; zero before.
 * @param total how long they publish.
 * @param sensors the parts that the gateway reads itself.
 * @param acknowledgedPerSecond from the devices to the gateway.
 * @param deliveredPerSecond from the gateway to the application.
 * @param events what happened, oldest first.
 */
public record Snapshot(
        String phase,
        Duration elapsed,
        Duration total,
        long seed,
        List<Sensor> sensors,
        List<Device> devices,
        Gateway gateway,
        Uplink uplink,
        Application application,
        double acknowledgedPerSecond,
        double deliveredPerSecond,
        List<Event> events) {

    /**
     * @param said how often it has been heard at the far end.
     * @param last what it said last, short.
     */
    public record Sensor(String id, String kind, long said, String last) {}

    /**
     * @param kind how it speaks to the gateway, one word.
     * @param acknowledged messages; at QoS 0 those that were sent.
     * @param open acknowledged and not yet delivered.
     * @param delivered messages, each counted once.
     * @param commands received.
     */
    public record Device(
            String id,
            String kind,
            int qos,
            boolean connected,
            long acknowledged,
            long open,
            long delivered,
            long duplicates,
            long outOfOrder,
            long commands) {}

    /**
     * @param pid 0 while there is none.
     * @param answering whether it answers questions about itself, from which the rest comes.
     * @param residentBytes of memory, 0 if unknown.
     * @param queued messages it keeps for the platform.
     * @param mostQueued the most of those ever seen.
     * @param oldest age of the oldest of them.
     * @param starts of the process so far.
     */
    public record Gateway(
            long pid,
            boolean answering,
            long residentBytes,
            int clients,
            long queued,
            long mostQueued,
            Duration oldest,
            int starts) {}

    /** How the wire between gateway and platform is. */
    public enum Wire {
        CONNECTED,
        /** Whole, but the gateway has no connection through it. */
        IDLE,
        /** Severed by the demo. */
        CUT
    }

    /** @param cutFor how long it has been cut, zero if it is not. */
    public record Uplink(Wire wire, Duration cutFor) {}

    /** @param delay of the message received last. */
    public record Application(long delivered, long commandsSent, long commandsReceived, Duration delay) {}

    /** @param at as {@link Snapshot#elapsed}. */
    public record Event(Duration at, String text) {}

    public Snapshot {
        sensors = List.copyOf(sensors);
        devices = List.copyOf(devices);
        events = List.copyOf(events);
    }
}
