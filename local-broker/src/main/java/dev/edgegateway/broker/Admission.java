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
     * @param returnCode MQTT 3.1.1 section 3.2.2.3; a 5.0 client gets its reason code.
     * @param why one clause for log and monitoring.
     */
    record Refused(ReturnCode returnCode, String why) implements Admission {}

    /** CONNACK return codes other than 0, MQTT 3.1.1 table 3.1. */
    enum ReturnCode {
        UNACCEPTABLE_PROTOCOL_VERSION(1, 0x84),
        IDENTIFIER_REJECTED(2, 0x85),
        SERVER_UNAVAILABLE(3, 0x88),
        BAD_USER_NAME_OR_PASSWORD(4, 0x86),
        NOT_AUTHORIZED(5, 0x87);

        private final int code;
        private final int reasonCode;

        ReturnCode(int code, int reasonCode) {
            this.code = code;
            this.reasonCode = reasonCode;
        }

        /** What an MQTT 5.0 client is told, section 3.2.2.2. */
        public int reasonCode() {
            return reasonCode;
        }

        public int code() {
            return code;
        }
    }

    /** Lets the client in with its topics as they are. */
    Admission PLAIN = new Admitted(Namespace.PLAIN);
}
