package dev.edgegateway.broker.netty;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** The connections with something gathered; they are flushed together once the loop has read what there was to read. */
final class FlushQueue {
    private final ArrayDeque<NettyConnection> dirty = new ArrayDeque<>();
    private final Executor loop;
    private boolean scheduled;

    FlushQueue(Executor loop) {
        this.loop = loop;
    }

    void add(NettyConnection connection) {
        dirty.add(connection);
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::flush);
        }
    }

    private void flush() {
        scheduled = false;
        NettyConnection next = dirty.poll();
        while (next != null) {
            next.flush();
            next = dirty.poll();
        }
    }
}
