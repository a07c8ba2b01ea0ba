package dev.edgegateway.bench;

import dev.edgegateway.bench.peer.Peer;
import dev.edgegateway.bench.peer.ProcFiles;
import dev.edgegateway.bench.report.Figures;
import dev.edgegateway.bench.report.Machine;

/** Watches how much of the machine goes to processes that do not belong to the measurement. */
final class Others {
    private static final long OWN_PID = ProcessHandle.current().pid();

    private long busyNanos;
    private long nanos;

    /** Runs a turn and watches meanwhile. */
    Figures during(Turn turn, Peer peer) {
        long start = System.nanoTime();
        long before = foreignNanos(peer);
        Figures figures = turn.run(peer);
        busyNanos += foreignNanos(peer) - before;
        nanos += System.nanoTime() - start;
        return figures;
    }

    private static long foreignNanos(Peer peer) {
        return Machine.busyNanos() - ProcFiles.cpuNanos(OWN_PID) - peer.cpuNanos();
    }

    /** Cores that others kept busy, on average. */
    double cores() {
        return nanos == 0 ? 0 : Math.max(0, (double) busyNanos / nanos);
    }
}
