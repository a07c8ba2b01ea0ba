package dev.edgegateway.demo.client;

/** One thing that a client process tells the demo. */
public sealed interface Report {
    /** A client has a connection, or has it again. */
    record Connected(String client) implements Report {}

    record Disconnected(String client) implements Report {}

    /** A device that was told to stop has nothing unacknowledged left. */
    record Finished(String device) implements Report {}

    /**
     * The gateway has acknowledged a message; at QoS 0, where it never does, the message was written to the connection.
     */
    record Acknowledged(String device, long sequence) implements Report {}

    /**
     * The application has received a message of a device.
     *
     * @param topicDevice the device that the topic names, which should be the same.
     * @param delayMillis since the device first sent it.
     */
    record Delivered(String device, long sequence, String topicDevice, long delayMillis) implements Report {}

    /** The application has received something else: a sensor's readings, a status. */
    record Reading(String topicDevice, String event, String payload) implements Report {}

    /** The platform has acknowledged a command of the application. */
    record CommandSent(String device, long number) implements Report {}

    /**
     * A device has received a command.
     *
     * @param device who received it.
     * @param addressee whom it names; empty if it cannot be read.
     */
    record CommandReceived(String device, String addressee, long number) implements Report {}
}
