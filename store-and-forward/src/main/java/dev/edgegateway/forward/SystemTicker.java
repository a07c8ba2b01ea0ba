package dev.edgegateway.forward;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The machine's clock and the JVM's parking. */
public final class SystemTicker implements Ticker {
    private volatile @Nullable Thread parker;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void park(long nanos) {
        if (parker == null) {
            // The caller looks at its conditions again before it waits the next time, so an earlier unpark is not
            // missed.
            parker = Thread.currentThread();
            return;
        }
        LockSupport.parkNanos(this, nanos);
    }

    @Override
    public void unpark() {
        Thread thread = parker;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }
}
