package dev.edgegateway.demo;

import dev.edgegateway.demo.screen.Snapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What happened, for people; the oldest go when there are too many. Any thread. */
final class EventLog {
    private static final int MAX_EVENTS = 500;

    private final Deque<Snapshot.Event> events = new ArrayDeque<>();
    private final Consumer<Snapshot.Event> each;

    /** @param each called for every event as it happens. */
    EventLog(Consumer<Snapshot.Event> each) {
        this.each = each;
    }

    synchronized void add(Duration at, String text) {
        if (events.size() == MAX_EVENTS) {
            events.removeFirst();
        }
        var event = new Snapshot.Event(at, text);
        events.addLast(event);
        each.accept(event);
    }

    synchronized List<Snapshot.Event> all() {
        return new ArrayList<>(events);
    }
}
