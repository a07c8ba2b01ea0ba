package dev.edgegateway.bench.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Durations of the same thing, measured several times. */
public record Spread(List<Duration> durations) {
    /** @throws IllegalArgumentException if there is none. */
    public Spread {
        durations = durations.stream().sorted().toList();
        if (durations.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
    }

    /** The one in the middle; of two in the middle the later one. */
    public Duration median() {
        return durations.get(durations.size() / 2);
    }

    public Duration max() {
        return durations.getLast();
    }

    /** A duration in seconds, as the tables have it. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
