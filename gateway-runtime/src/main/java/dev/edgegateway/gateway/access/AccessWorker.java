package dev.edgegateway.gateway.access;

import java.time.Duration;

/** Where work is done that must not hold the broker up. Any thread may hand it over. */
interface AccessWorker extends AutoCloseable {
    /** Does this as soon as what was handed over before is done. @return false if too much is waiting. */
    boolean offer(Runnable work);

    /** Does this after a while. @return false if too much is waiting. */
    boolean after(Duration delay, Runnable work);

    /** Drops what is waiting. Idempotent. */
    @Override
    void close();
}
