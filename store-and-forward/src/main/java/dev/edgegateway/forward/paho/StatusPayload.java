package dev.edgegateway.forward.paho;

/**
 * What the status topic says. The generation is the number of the connection: Will and birth of one connection carry the
 * same, so that a Will that comes late can be told from one that matters. Thread: {@code forwarder}.
 */
public interface StatusPayload {
    /** Set as the Will: we are gone and did not say so. */
    byte[] connectionLost(long generation);

    /** The first message of a connection. */
    byte[] online(long generation);

    /** The last message before a disconnect on purpose. */
    byte[] offline(long generation);
}
