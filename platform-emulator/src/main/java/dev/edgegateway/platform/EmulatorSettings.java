package dev.edgegateway.platform;

/**
 * What the emulator is told at start.
 *
 * @param bind address to listen on.
 * @param port 0 takes a free one.
 * @param organization the one it serves: six letters or digits.
 * @param maxPayloadBytes a larger message costs its sender the connection; the platform's own limit is 131072.
 * @param maxDevicesPerGateway devices one gateway may speak for; beyond it, messages are ignored and notified with 173.
 * @param maxQueuedPerClient messages that wait for one client; the oldest go first.
 */
public record EmulatorSettings(
        String bind,
        int port,
        String organization,
        Credentials credentials,
        int maxPayloadBytes,
        int maxDevicesPerGateway,
        int maxQueuedPerClient) {

    /** The platform's own limits. */
    public static EmulatorSettings of(String bind, int port, String organization, Credentials credentials) {
        return new EmulatorSettings(bind, port, organization, credentials, 131072, 500, 5000);
    }

    /** The same with another bound for the messages that wait for one client. */
    public EmulatorSettings withMaxQueuedPerClient(int messages) {
        return new EmulatorSettings(
                bind, port, organization, credentials, maxPayloadBytes, maxDevicesPerGateway, messages);
    }

    public EmulatorSettings {
        if (!Ids.isOrganization(organization)) {
            throw new IllegalArgumentException("organization '" + organization + "' is not six letters or digits");
        }
        for (String name : credentials.names()) {
            if (name.startsWith("a-") && !name.startsWith("a-" + organization + "-")) {
                throw new IllegalArgumentException(
                        "API key '" + name + "' does not belong to organization '" + organization + "'");
            }
        }
        requireAtLeastOne("maxPayloadBytes", maxPayloadBytes);
        requireAtLeastOne("maxDevicesPerGateway", maxDevicesPerGateway);
        requireAtLeastOne("maxQueuedPerClient", maxQueuedPerClient);
    }

    private static void requireAtLeastOne(String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " is " + value + " and must be at least 1");
        }
    }
}
