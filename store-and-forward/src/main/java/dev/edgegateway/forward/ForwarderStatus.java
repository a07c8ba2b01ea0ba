package dev.edgegateway.forward;

import java.time.Instant;

/**
 * How it stands with the platform.
 *
 * @param since when the state was entered, by the wall clock as it stood.
 * @param lastError why the last connection or attempt failed, empty if none did.
 * @param inFlight messages sent and not yet acknowledged.
 * @param delivered messages acknowledged since the start of the process.
 * @param unsendable messages dropped because they could never be sent, since the start of the process.
 * @param reconnects connections made after the first one.
 */
public record ForwarderStatus(
        State state, Instant since, String lastError, int inFlight, long delivered, long unsendable, long reconnects) {

    /** What the forwarder is at. */
    public enum State {
        CONNECTING,
        CONNECTED,
        /** Waits before it connects again. */
        WAITING,
        /** Waits longer, because the platform refused us by name or password. */
        REFUSED,
        STOPPED
    }
}
