package dev.edgegateway.broker;

import dev.edgegateway.broker.h2.H2BrokerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.h2.mvstore.MVStore;

/**
 * A store whose commits happen when the test says so. A crash keeps what was committed, in the same memory-mapped
 * H2 maps the appliance uses.
 */
final class HeldStore {
    private final String file;
    private MVStore store;
    private final List<Runnable> pending = new ArrayList<>();
    private LongConsumer listener = commit -> {};
    private long gathering = 1;
    private boolean holding;

    HeldStore(String file) {
        this.file = file;
        this.store = open();
    }

    private MVStore open() {
        return new MVStore.Builder()
                .fileName(file)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
    }

    BrokerStore maps() {
        return H2BrokerStore.open(store, this::submit);
    }

    synchronized long submit(Runnable change, boolean prompt) {
        pending.add(change);
        long commit = gathering;
        if (!holding) {
            commit();
        }
        return commit;
    }

    synchronized void onCommitted(LongConsumer committed) {
        listener = committed;
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized int pending() {
        return pending.size();
    }

    synchronized void release() {
        holding = false;
        commit();
    }

    private void commit() {
        long commit = gathering++;
        pending.forEach(Runnable::run);
        pending.clear();
        store.commit();
        listener.accept(commit);
    }

    /** What was not committed is gone. */
    synchronized void crash() {
        pending.clear();
        holding = false;
        store.closeImmediately();
        store = open();
    }

    synchronized void close() {
        store.close();
    }
}
