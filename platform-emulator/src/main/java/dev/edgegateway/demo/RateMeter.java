package dev.edgegateway.demo;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count rises, over the last two seconds. Not thread-safe. */
final class RateMeter {
    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(long nanos, long count) {}

    /** Takes the count as it stands and tells the rate a second; 0 until there is something to compare with. */
    double perSecond(long nowNanos, long count) {
        marks.addLast(new Mark(nowNanos, count));
        while (marks.size() > 2 && nowNanos - marks.getFirst().nanos() > WINDOW_NANOS) {
            marks.removeFirst();
        }
        Mark first = marks.getFirst();
        long nanos = nowNanos - first.nanos();
        return nanos <= 0 ? 0 : (count - first.count()) * 1e9 / nanos;
    }
}
