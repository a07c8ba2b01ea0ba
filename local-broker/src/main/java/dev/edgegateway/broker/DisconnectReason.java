package dev.edgegateway.broker;

/** Why a connection ended, in the platform's closing codes where it has one, and in MQTT 5.0's (section 3.14.2.1). */
public enum DisconnectReason {
    CLIENT_DISCONNECT(0, -1, "the client disconnected"),
    CONNECTION_LOST(91, -1, "the connection was lost"),
    CLOSED_BY_SERVER(92, 0x80, "closed by the broker"),
    SERVER_SHUTDOWN(93, 0x8B, "the broker is stopping"),
    KICKED(94, 0x98, "disconnected by the administrator"),
    MALFORMED_PACKET(105, 0x81, "malformed packet"),
    KEEP_ALIVE_TIMEOUT(160, 0x8D, "nothing heard for one and a half keep-alive intervals"),
    CONNECT_TIMEOUT(164, -1, "no CONNECT in time"),
    SLOW_CONSUMER(178, 0x97, "did not read what was sent"),
    NOT_AUTHORIZED(180, 0x87, "not authorized"),
    INVALID_TOPIC(276, 0x90, "topic not valid"),
    REFUSED_BY_STORE(104, 0x97, "the store could not take a message"),
    PACKET_TOO_LARGE(287, 0x95, "packet too large"),
    TAKEN_OVER(288, 0x8E, "the same client id connected again"),
    PROTOCOL_ERROR(297, 0x82, "protocol error"),
    RECEIVE_MAXIMUM_EXCEEDED(297, 0x93, "more messages in flight than it was told to send"),
    TOPIC_ALIAS_INVALID(297, 0x94, "topic alias out of range"),
    QUOTA_EXCEEDED(297, 0x97, "quota exceeded"),
    RETAIN_NOT_SUPPORTED(297, 0x9A, "retained messages are not kept here");

    private final int closeCode;
    private final int reasonCode;
    private final String words;

    DisconnectReason(int closeCode, int reasonCode, String words) {
        this.closeCode = closeCode;
        this.reasonCode = reasonCode;
        this.words = words;
    }

    /** The platform's number; 0 is a normal end. */
    public int closeCode() {
        return closeCode;
    }

    /** What an MQTT 5.0 client is told before its connection is closed; negative if it is told nothing. */
    public int reasonCode() {
        return reasonCode;
    }

    /** For log and monitoring. */
    public String words() {
        return words;
    }
}
