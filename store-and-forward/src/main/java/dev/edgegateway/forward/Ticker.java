package dev.edgegateway.forward;

/** Monotonic time and the waiting of one thread, so that tests can let hours pass at once. */
public interface Ticker {
    /** Nanoseconds since an arbitrary point; only differences mean something. Any thread. */
    long nanoTime();

    /**
     * Waits until {@link #unpark} is called, or was since the last return from here, or the time is over; may also return
     * for no reason. One thread only.
     */
    void park(long nanos);

    /** Ends the present or next wait. Any thread; never blocks. */
    void unpark();
}
