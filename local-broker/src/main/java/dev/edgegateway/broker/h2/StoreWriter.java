package dev.edgegateway.broker.h2;

/**
 * The one thread that writes the store, as the broker needs it. Changes run on it in the order they were handed over;
 * all that arrived while the last sync ran becomes one commit.
 */
@FunctionalInterface
public interface StoreWriter {
    /**
     * Hands over a change. Any thread; never blocks.
     *
     * @param prompt true to commit as soon as the writer is free, false to wait for company up to the commit interval.
     * @return the number of the commit that covers it: above 0, never falling from call to call.
     */
    long submit(Runnable change, boolean prompt);
}
