package dev.edgegateway.broker.session;

/** The reason codes the protocol speaks of by name (MQTT 5.0 section 2.4). */
final class ReasonCode {
    static final int SUCCESS = 0x00;
    static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    static final int NOT_AUTHORIZED = 0x87;
    static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    static final int TOPIC_FILTER_INVALID = 0x8F;
    static final int PACKET_ID_NOT_FOUND = 0x92;
    static final int QUOTA_EXCEEDED = 0x97;
    static final int RETAIN_NOT_SUPPORTED = 0x9A;
    /** From here on a code says that something failed. */
    static final int FAILURE = 0x80;

    private ReasonCode() {}
}
