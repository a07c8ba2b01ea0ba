package dev.edgegateway.forward;

import java.time.Duration;

/** The clocks of a machine that move, step and reboot by method call. */
public final class FakeClock implements Stamp.Source {
    private long bootId = 1;
    private long monotonicMillis = 1_000;
    private long wallMillis = 1_800_000_000_000L;
    private boolean synchronised = true;

    @Override
    public synchronized Stamp now() {
        return new Stamp(bootId, monotonicMillis, wallMillis, synchronised);
    }

    public synchronized void advance(Duration time) {
        monotonicMillis += time.toMillis();
        wallMillis += time.toMillis();
    }

    public synchronized void stepWallClock(Duration step) {
        wallMillis += step.toMillis();
    }

    public synchronized void synchronised(boolean is) {
        synchronised = is;
    }

    /** The machine was off for a while. */
    public synchronized void reboot(Duration off) {
        bootId++;
        monotonicMillis = 0;
        wallMillis += off.toMillis();
    }
}
