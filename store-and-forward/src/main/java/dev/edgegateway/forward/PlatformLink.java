package dev.edgegateway.forward;

/**
 * One connection at a time to the platform. Methods are called on thread {@code forwarder} unless they say otherwise;
 * the listener is called on threads of the link's own and must hand over and return.
 */
public interface PlatformLink extends AutoCloseable {
    /**
     * Connects, sets the Will, subscribes to what comes down and publishes the birth. Returns when the platform has
     * acknowledged all of it. Whatever was left of an earlier connection is gone before.
     */
    void connect(Listener listener) throws PlatformException, InterruptedException;

    /**
     * Hands one message to the connection; {@link Listener#acknowledged} follows, or {@link Listener#lost}.
     *
     * @throws UnsendableException if this message can never be sent over any connection; the connection stays.
     */
    void publish(OutboundMessage message) throws PlatformException;

    /** Publishes that the gateway goes offline on purpose, disconnects and frees everything. Idempotent; never throws. */
    @Override
    void close();

    /**
     * Drops the connection as it is, without a word to the platform; a {@link #connect} that is under way fails. Any
     * thread. Idempotent; never throws.
     */
    void abandon();

    /** What the link reports of the connection that {@link #connect} was called for. */
    interface Listener {
        /** The platform has acknowledged the message (QoS 1: PUBACK; QoS 2: PUBCOMP; QoS 0: written to the socket). */
        void acknowledged(long id);

        /** The connection is gone; nothing further is reported of it. */
        void lost(Throwable cause);
    }
}
