package dev.edgegateway.broker;

/** Why a connection ended, in the platform's closing codes where it has one. */
public enum DisconnectReason {
    CLIENT_DISCONNECT(0, "the client disconnected"),
    CONNECTION_LOST(91, "the connection was lost"),
    CLOSED_BY_SERVER(92, "closed by the broker"),
    SERVER_SHUTDOWN(93, "the broker is stopping"),
    KICKED(94, "disconnected by the administrator"),
    MALFORMED_PACKET(105, "malformed packet"),
    KEEP_ALIVE_TIMEOUT(160, "nothing heard for one and a half keep-alive intervals"),
    CONNECT_TIMEOUT(164, "no CONNECT in time"),
    SLOW_CONSUMER(178, "did not read what was sent"),
    NOT_AUTHORIZED(180, "not authorized"),
    INVALID_TOPIC(276, "topic not valid"),
    REFUSED_BY_STORE(104, "the store could not take a message"),
    PACKET_TOO_LARGE(287, "packet too large"),
    TAKEN_OVER(288, "the same client id connected again"),
    PROTOCOL_ERROR(297, "protocol error");

    private final int closeCode;
    private final String words;

    DisconnectReason(int closeCode, String words) {
        this.closeCode = closeCode;
        this.words = words;
    }

    /** The platform's number; 0 is a normal end. */
    public int closeCode() {
        return closeCode;
    }

    /** For log and monitoring. */
    public String words() {
        return words;
    }
}
