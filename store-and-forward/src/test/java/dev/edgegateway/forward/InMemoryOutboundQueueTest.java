package dev.edgegateway.forward;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fake keeps the contract of the real queue. */
final class InMemoryOutboundQueueTest extends OutboundQueueContract {
    private @Nullable InMemoryOutboundQueue queue;

    @Override
    protected OutboundQueue open(QueueLimits limits) {
        queue = new InMemoryOutboundQueue(limits, clock, false);
        return queue;
    }

    @Override
    protected void commit() {
        Objects.requireNonNull(queue).commit();
    }

    @Override
    protected void expire() {
        Objects.requireNonNull(queue).expire();
    }
}
