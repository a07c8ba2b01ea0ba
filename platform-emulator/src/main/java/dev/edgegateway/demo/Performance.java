package dev.edgegateway.demo;

import dev.edgegateway.demo.screen.Screen;
import dev.edgegateway.demo.screen.Snapshot;
import dev.edgegateway.demo.screen.Words;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One rehearsal with its audience: the screen, the certificate, the exit status, and the end that is made of everything
 * also when the demo is interrupted.
 */
final class Performance {
    private static final int KEPT = 0;
    private static final int NOT_KEPT = 1;
    private static final long INTERRUPTION_MILLIS = 500;

    private final DemoOptions options;
    private final PrintStream out;
    private final Screen screen;
    private final EventLog events;
    private final WorkFolder folder = WorkFolder.make();
    private final Rehearsal rehearsal;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CountDownLatch interruption = new CountDownLatch(1);

    Performance(DemoOptions options) {
        this.options = options;
        this.out = options.json() ? System.err : System.out;
        this.screen = Screen.on(out, options.json() ? 2 : 1, System.getenv());
        this.events = new EventLog(event -> screen.line(line(event)));
        this.rehearsal = new Rehearsal(options, folder, screen, events);
    }

    /** @return the exit status. */
    int run() throws InterruptedException {
        var interrupted = new Thread(this::interrupted, "interrupted");
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            Outcome outcome = rehearsal.run();
            end();
            replay();
            out.println();
            outcome.toText().forEach(out::println);
            if (options.json()) {
                System.out.println(outcome.toJson());
            }
            leave(!outcome.kept());
            return outcome.kept() ? KEPT : NOT_KEPT;
        } catch (DemoException | UncheckedIOException | IllegalStateException e) {
            // Ctrl-C reaches the other processes too, and their end may be seen before the hook has begun.
            if (interruption.await(INTERRUPTION_MILLIS, TimeUnit.MILLISECONDS)) {
                return NOT_KEPT;
            }
            end();
            replay();
            out.println();
            out.println("The demo could not be run to its end. " + e.getMessage());
            leave(true);
            return NOT_KEPT;
        } finally {
            end();
        }
    }

    /** Ctrl-C, or SIGTERM; also runs at the end of every run, when there is nothing left to do. */
    private void interrupted() {
        interruption.countDown();
        if (!over.getAndSet(true)) {
            rehearsal.close();
            screen.close();
            out.println();
            out.println("Interrupted; everything that was started has been ended.");
            leave(false);
        }
    }

    private void end() {
        if (!over.getAndSet(true)) {
            rehearsal.close();
            screen.close();
        }
    }

    /** What happened, again, since the picture is gone. */
    private void replay() {
        if (screen.live()) {
            events.all().forEach(event -> out.println(line(event)));
        }
    }

    private void leave(boolean failed) {
        if (options.keep() || failed) {
            out.println("Configuration, store and logs of this run: " + folder.path());
        } else {
            folder.remove();
        }
        out.flush();
    }

    private static String line(Snapshot.Event event) {
        return String.format("%8s  %s", Words.seconds(event.at()), event.text());
    }
}
