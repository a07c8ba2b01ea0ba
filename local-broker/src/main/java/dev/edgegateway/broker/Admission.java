package dev.edgegateway.broker;

/** What becomes of a CONNECT. */
public sealed interface Admission {

    /**
     * Let in.
     *
     * @param namespace how this client's topics read inside the broker.
     */
    record Admitted(Namespace namespace) implements Admission {}

    /**
     * Turned away with a CONNACK.
     *
     * @param returnCode MQTT 3.1.1 section 3.2.2.3.
     * @param why one clause for log and monitoring.
     */
    record Refused(ReturnCode returnCode, String why) implements Admission {}

    /** CONNACK return codes other than 0, MQTT 3.1.1 table 3.1. */
    enum ReturnCode {
        UNACCEPTABLE_PROTOCOL_VERSION(1),
        IDENTIFIER_REJECTED(2),
        SERVER_UNAVAILABLE(3),
        BAD_USER_NAME_OR_PASSWORD(4),
        NOT_AUTHORIZED(5);

        private final int code;

        ReturnCode(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /** Lets the client in with its topics as they are. */
    Admission PLAIN = new Admitted(Namespace.PLAIN);
}
