package dev.edgegateway.bench.peer;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.LocalBroker;
import java.util.concurrent.CountDownLatch;

/** A process that is the local broker and nothing else, in memory: what the gateway's other parts cost is not in it. */
public final class StandaloneBroker {
    private StandaloneBroker() {}

    /** @param args the port to listen on, on 127.0.0.1. */
    public static void main(String[] args) throws InterruptedException {
        BrokerSettings settings = BrokerSettings.onPort("127.0.0.1", Integer.parseInt(args[0]));
        LocalBroker broker = LocalBroker.open(LocalBroker.Parts.inMemory(settings));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            broker.close();
            stopped.countDown();
        }));
        stopped.await();
    }
}
