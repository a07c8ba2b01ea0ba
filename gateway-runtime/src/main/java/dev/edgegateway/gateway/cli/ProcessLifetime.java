package dev.edgegateway.gateway.cli;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.tinylog.Logger;

/** Starts the gateway, keeps this process up until it is told to end, and ends it with the status that is due. */
final class ProcessLifetime {
    /** A clean end says goodbye to the platform and waits for the last commit; systemd gives it 90 s by default. */
    private static final long LIMIT_SECONDS = 60;

    private ProcessLifetime() {}

    /**
     * Starts the gateway and parks. On SIGTERM or SIGINT, also while it is starting, the gateway is closed, and the process
     * ends with 0, or with 1 if the gateway could not be closed or had failed before.
     *
     * <p>A runtime that a signal ends has the status 128 + signal whatever its hooks do, which service managers take for
     * a failure. So the hook halts the runtime itself once all is done. It is the only hook of the process that has
     * anything to do.
     *
     * @param failure completed if the gateway cannot go on.
     * @return only after a failure: what the process is to exit with, upon which the gateway is closed.
     * @throws Exception what the start has thrown.
     */
    static int hold(Callable<AutoCloseable> start, CompletableFuture<Throwable> failure) throws Exception {
        CompletableFuture<AutoCloseable> started = new CompletableFuture<>();
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> end(started, failure)));
        try {
            started.complete(start.call());
        } catch (Throwable e) {
            started.completeExceptionally(e);
            throw e;
        }
        Logger.error(failure.get(), "The gateway cannot go on and ends, to be started again");
        return ExitStatus.FAILED;
    }

    /** Runs in the hook. Where nothing was started there is nothing to end, and the process has a status already. */
    private static void end(CompletableFuture<AutoCloseable> started, CompletableFuture<Throwable> failure) {
        int status;
        try {
            status = close(started.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return;
        } catch (InterruptedException | TimeoutException e) {
            status = ExitStatus.FAILED;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(failure.isDone() ? ExitStatus.FAILED : status);
    }

    private static int close(AutoCloseable gateway) {
        CountDownLatch closed = new CountDownLatch(1);
        boolean[] failed = {false};
        Thread.ofPlatform().name("close").daemon().start(() -> {
            try {
                gateway.close();
            } catch (Exception e) {
                failed[0] = true;
                Logger.error(e, "The gateway did not end cleanly");
            } finally {
                closed.countDown();
            }
        });
        try {
            if (!closed.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                Logger.error("The gateway did not end within {} s; what is acknowledged is on disk", LIMIT_SECONDS);
                return ExitStatus.FAILED;
            }
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        }
        return failed[0] ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
