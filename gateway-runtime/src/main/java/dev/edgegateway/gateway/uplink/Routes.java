package dev.edgegateway.gateway.uplink;

import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.gateway.uplink.Route.DeviceEvent;
import dev.edgegateway.gateway.uplink.Route.Direction;
import dev.edgegateway.gateway.uplink.Route.RemoteTopic;
import dev.edgegateway.gateway.uplink.Route.SameTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.tinylog.Logger;

/**
 * Says for each local topic where it goes on one uplink, and for each topic from there where it goes here.
 *
 * <p>The first route that names a topic decides, in the order of the configuration; a message is never sent twice over
 * one uplink because two routes overlap. So narrow routes stand before wide ones.
 *
 * <p>Answers for local topics are remembered, within bounds, since they are asked for with each message; a remembered
 * answer costs one lookup and no allocation.
 *
 * <p>Threads: {@link #destination} belongs to thread {@code broker}; everything else may be called from any thread.
 */
public final class Routes {
    /** Topics whose answer is remembered; the least recently used goes first. */
    static final int MAX_REMEMBERED = 2048;

    /** Longer topics are worked out each time, so that what is remembered stays below about 2 MB. */
    static final int MAX_REMEMBERED_LENGTH = 256;

    private final boolean eventsOfDevicesGoUp;
    private final List<CompiledRoute> up;
    private final List<CompiledRoute> down;
    private final Map<String, Destination> remembered = new RecentlyUsed();
    private final AtomicLong unroutable = new AtomicLong();

    private Routes(boolean eventsOfDevicesGoUp, List<CompiledRoute> up, List<CompiledRoute> down) {
        this.eventsOfDevicesGoUp = eventsOfDevicesGoUp;
        this.up = List.copyOf(up);
        this.down = List.copyOf(down);
    }

    /**
     * Routes of an uplink with profile {@code iot-2}. Before all of them stands a rule of its own: events that are
     * already under their device's name, {@code iot-2/type/{type}/id/{id}/evt/{event}/fmt/{format}}, go up as they are.
     *
     * @throws IllegalArgumentException naming the route and what is wrong with it.
     */
    public static Routes iot2(List<Route> routes) {
        List<CompiledRoute> up = new ArrayList<>();
        for (Route route : routes) {
            up.add(naming(route, () -> switch (route.target()) {
                case DeviceEvent event
                when route.direction() == Direction.UP -> CompiledRoute.toDeviceEvent(route, event);
                case DeviceEvent event ->
                    throw new IllegalArgumentException("direction '"
                            + route.direction().name().toLowerCase(java.util.Locale.ROOT)
                            + "' has no meaning with profile iot-2: commands come down without a route");
                case SameTopic topic -> throw wrongProfile("iot-2", "type, device and event");
                case RemoteTopic topic -> throw wrongProfile("iot-2", "type, device and event");
            }));
        }
        return new Routes(true, up, List.of());
    }

    /**
     * Routes of an uplink with profile {@code mqtt}.
     *
     * @throws IllegalArgumentException naming the route and what is wrong with it.
     */
    public static Routes mqtt(List<Route> routes) {
        List<CompiledRoute> up = new ArrayList<>();
        List<CompiledRoute> down = new ArrayList<>();
        for (Route route : routes) {
            if (route.direction().goesUp()) {
                up.add(naming(route, () -> switch (route.target()) {
                    case SameTopic topic -> CompiledRoute.toRemote(route, topic);
                    case RemoteTopic topic -> CompiledRoute.toRemote(route, topic);
                    case DeviceEvent event -> throw wrongProfile("mqtt", "a remote_prefix or a remote_topic");
                }));
            }
            if (route.direction().goesDown()) {
                down.add(naming(route, () -> switch (route.target()) {
                    case SameTopic topic -> CompiledRoute.fromRemote(route, topic);
                    case RemoteTopic topic -> CompiledRoute.fromRemote(route, topic);
                    case DeviceEvent event -> throw wrongProfile("mqtt", "a remote_prefix or a remote_topic");
                }));
            }
        }
        return new Routes(false, up, down);
    }

    private static IllegalArgumentException wrongProfile(String profile, String wanted) {
        return new IllegalArgumentException("profile " + profile + " wants " + wanted);
    }

    private static CompiledRoute naming(Route route, java.util.function.Supplier<CompiledRoute> compiled) {
        try {
            return compiled.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("route '" + route.topic() + "': " + e.getMessage(), e);
        }
    }

    /** Where a message with this inner topic goes. To be asked once for each message: unroutable ones are counted. */
    public Destination destination(String localTopic) {
        Destination known = remembered.get(localTopic);
        if (known == null) {
            known = workOut(localTopic);
            if (localTopic.length() <= MAX_REMEMBERED_LENGTH) {
                remembered.put(localTopic, known);
            }
        }
        if (known instanceof Destination.Unroutable refused && unroutable.getAndIncrement() == 0) {
            Logger.warn(
                    "Message dropped: '{}' cannot go to the platform, {}; further ones are only counted",
                    Excerpt.of(localTopic),
                    refused.why());
        }
        return known;
    }

    /** Messages that could not go up for their topic since the start. */
    public long unroutable() {
        return unroutable.get();
    }

    /** What to subscribe with at the other side, one filter for each route that leads down. */
    public List<TopicFilter> downlinkFilters() {
        return down.stream().map(CompiledRoute::filter).distinct().toList();
    }

    /** Where a message from the other side goes here. */
    public Destination localDestination(String remoteTopic) {
        return first(down, remoteTopic);
    }

    private Destination workOut(String topic) {
        if (eventsOfDevicesGoUp) {
            if (PlatformTopics.parseEvent(topic).isPresent()) {
                return new Destination.To(topic, Route.AS_PUBLISHED);
            }
            if (PlatformTopics.claimsToBeEvent(topic)) {
                return new Destination.Unroutable(
                        "the platform takes events of the form"
                                + " iot-2/type/{type}/id/{id}/evt/{event}/fmt/{format} (a device's iot-2/evt/{event}/fmt/{format})");
            }
        }
        return first(up, topic);
    }

    private static Destination first(List<CompiledRoute> routes, String topic) {
        for (CompiledRoute route : routes) {
            Optional<Destination> answer = route.apply(topic);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return Destination.STAYS;
    }

    private static final class RecentlyUsed extends LinkedHashMap<String, Destination> {
        private static final long serialVersionUID = 1L;

        RecentlyUsed() {
            super(256, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Destination> eldest) {
            return size() > MAX_REMEMBERED;
        }
    }
}
