package dev.edgegateway.gateway.access;

import java.time.Duration;

class FakeAccessWorkerTest extends AccessWorkerContract {
    private final FakeAccessWorker worker = new FakeAccessWorker();

    @Override
    AccessWorker worker() {
        return worker;
    }

    @Override
    void pass(Duration time) {
        worker.pass(time);
    }
}
