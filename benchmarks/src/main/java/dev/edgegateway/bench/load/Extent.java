package dev.edgegateway.bench.load;

import java.time.Duration;

/** How long a run lasts. */
public sealed interface Extent {
    /**
     * By the clock.
     *
     * @param warmUp at full load and not measured.
     */
    record Timed(Duration warmUp, Duration measured) implements Extent {}

    /**
     * Until every publisher has sent so many messages; all of it is measured.
     */
    record Counted(long perPublisher) implements Extent {}
}
