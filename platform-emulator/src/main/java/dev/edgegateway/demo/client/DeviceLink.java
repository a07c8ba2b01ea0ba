package dev.edgegateway.demo.client;

import java.io.IOException;

/**
 * A device's connection to the gateway, which comes and goes while its session lasts. Methods are called on the thread
 * of the device, the listener on threads of the link's own.
 */
interface DeviceLink extends AutoCloseable {
    /**
     * Connects, for the first time or again. Messages that were taken and not acknowledged are sent again by themselves,
     * in their order and before anything new.
     *
     * <p>It is the session's packet ids that make this safe at QoS 2: a client that forgot them and numbered afresh would
     * have new messages taken for repeats of old ones.
     */
    void connect(Listener listener) throws IOException;

    /**
     * Takes a message to send it.
     *
     * @throws IOException if there is no connection; then it was not taken.
     */
    void publish(long sequence, byte[] payload) throws IOException;

    /** Ends the connection. Idempotent. */
    @Override
    void close();

    /** What the link tells of the device's session. */
    interface Listener {
        /** A message is the gateway's now; told once for each, perhaps on a later connection. */
        void acknowledged(long sequence);

        /** The connection is gone. */
        void lost();

        void command(byte[] payload);
    }
}
