package dev.edgegateway.bench.load;

/**
 * Who sends what to whom.
 *
 * @param publishers clients that publish, each to a topic of its own.
 * @param subscribers clients that receive everything.
 * @param payloadBytes of each message, {@value #MIN_PAYLOAD} to 131072.
 * @param qos 0, 1 or 2, of publishing and subscribing.
 * @param window QoS 1 and 2 messages one publisher has sent and not seen acknowledged, at most.
 * @param ahead messages one publisher is ahead of the slowest subscriber, at most; this is what keeps QoS 0 lossless.
 * @param refill messages a publisher must be allowed to send before it sends any, so that it sends several at once.
 */
public record Shape(int publishers, int subscribers, int payloadBytes, int qos, int window, int ahead, int refill) {
    /** Publisher, sequence and time of sending. */
    static final int MIN_PAYLOAD = Integer.BYTES + Long.BYTES + Long.BYTES;

    private static final int MAX_PAYLOAD = 131072;
    private static final int DEFAULT_WINDOW = 100;
    /** With ten publishers and the default window 4,000 messages, which every broker here may queue for one subscriber. */
    private static final int AHEAD_OF_WINDOW = 4;

    public Shape {
        atLeast("publishers", publishers, 1);
        atLeast("subscribers", subscribers, 1);
        atLeast("payload bytes", payloadBytes, MIN_PAYLOAD);
        atLeast("QoS", qos, 0);
        atLeast("window", window, 1);
        atLeast("ahead", ahead, 1);
        atLeast("refill", refill, 1);
        if (payloadBytes > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload bytes " + payloadBytes + ": at most " + MAX_PAYLOAD);
        }
        if (qos > 2) {
            throw new IllegalArgumentException("QoS " + qos + ": at most 2");
        }
        // Packet ids are given out in turn, so a window below half of them never meets one still in use.
        if (window > 32767) {
            throw new IllegalArgumentException("window " + window + ": at most 32767");
        }
        if (refill > (qos == 0 ? ahead : Math.min(window, ahead))) {
            throw new IllegalArgumentException("refill " + refill + " is more than may ever be sent at once");
        }
    }

    /** A shape with a window of {@value #DEFAULT_WINDOW}. */
    public static Shape of(int publishers, int subscribers, int payloadBytes, int qos) {
        return new Shape(publishers, subscribers, payloadBytes, qos, 1, 1, 1).withWindow(DEFAULT_WINDOW);
    }

    /** The window, four times as many ahead of the subscribers, and refilled by quarters. */
    public Shape withWindow(int messages) {
        int most = AHEAD_OF_WINDOW * messages;
        int quarter = Math.max(1, (qos == 0 ? most : messages) / 4);
        return new Shape(publishers, subscribers, payloadBytes, qos, messages, most, quarter);
    }

    public Shape withRefill(int messages) {
        return new Shape(publishers, subscribers, payloadBytes, qos, window, ahead, messages);
    }

    public Shape withPayload(int bytes) {
        return new Shape(publishers, subscribers, bytes, qos, window, ahead, refill);
    }

    private static void atLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " " + value + ": at least " + least);
        }
    }
}
