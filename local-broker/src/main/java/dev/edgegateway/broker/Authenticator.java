package dev.edgegateway.broker;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides who gets in. */
@FunctionalInterface
public interface Authenticator {
    /**
     * Decides on one CONNECT. Thread: {@code broker}; must not block, so work that takes time completes the stage from a
     * thread of its own. A stage that fails counts as {@link Admission.ReturnCode#SERVER_UNAVAILABLE}.
     */
    CompletionStage<Admission> authenticate(ConnectRequest request);

    /** Lets everyone in, with topics as they are. */
    Authenticator ANONYMOUS = request -> CompletableFuture.completedFuture(Admission.PLAIN);
}
