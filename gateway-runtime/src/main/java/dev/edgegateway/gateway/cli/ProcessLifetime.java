package dev.edgegateway.gateway.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;

/** Keeps this process up until it is told to end, and ends it with the status that is due. */
final class ProcessLifetime {
    /** A clean end says goodbye to the platform and waits for the last commit; systemd gives it 90 s by default. */
    private static final long CLOSE_LIMIT_SECONDS = 60;

    private ProcessLifetime() {}

    /**
     * Parks the caller. On SIGTERM or SIGINT the gateway is closed, and the process ends with 0, or with 1 if the gateway
     * could not be closed or had failed before.
     *
     * <p>A runtime that a signal ends has the status 128 + signal whatever its hooks do, which service managers take for
     * a failure. So the hook halts the runtime itself once all is done. It is the only hook of the process that has
     * anything to do.
     *
     * @param failure completed if the gateway cannot go on.
     * @return only after a failure: what the process is to exit with, upon which the gateway is closed.
     */
    static int holdUntilTerminated(AutoCloseable gateway, CompletableFuture<Throwable> failure)
            throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(() -> {
                    int status = close(gateway);
                    System.out.flush();
                    System.err.flush();
                    Runtime.getRuntime().halt(failure.isDone() ? ExitStatus.FAILED : status);
                }));
        try {
            Logger.error(failure.get(), "The gateway cannot go on and ends, to be started again");
        } catch (ExecutionException e) {
            Logger.error(e, "The gateway cannot go on and ends, to be started again");
        }
        return ExitStatus.FAILED;
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
            if (!closed.await(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                Logger.error(
                        "The gateway did not end within {} s; what is acknowledged is on disk", CLOSE_LIMIT_SECONDS);
                return ExitStatus.FAILED;
            }
        } catch (InterruptedException e) {
            return ExitStatus.FAILED;
        }
        return failed[0] ? ExitStatus.FAILED : ExitStatus.OK;
    }
}
