package dev.edgegateway.platform;

import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.DisconnectReason;
import java.util.HashMap;
import java.util.Map;

/**
 * Who is connected now, and for whom the platform has already found a reason to hang up. Thread: {@code broker}.
 *
 * <p>The broker knows only that a client was to be disconnected; which of its rules was broken is known here.
 */
final class Connections {
    private static final Closing NOT_YET = new Closing(-1, "");

    private final Map<ClientInfo, Closing> open = new HashMap<>();

    /**
     * How a connection ended.
     *
     * @param code as in monitoring messages; 0 is a normal end.
     */
    record Closing(int code, String words) {
        static Closing of(DisconnectReason reason) {
            return new Closing(reason.closeCode(), reason.words());
        }
    }

    void opened(ClientInfo client) {
        open.put(client, NOT_YET);
    }

    /** Whether it is past CONNACK and not gone; what is asked about others is about their Will. */
    boolean isOpen(ClientInfo client) {
        return open.containsKey(client);
    }

    /** Remembers why a client is being disconnected; the first reason counts. */
    void condemn(ClientInfo client, DisconnectReason reason) {
        open.replace(client, NOT_YET, Closing.of(reason));
    }

    /** Forgets a client and says why it went: by the rule it broke, if it broke one. */
    Closing closed(ClientInfo client, DisconnectReason reason) {
        Closing known = open.remove(client);
        return known == null || known.equals(NOT_YET) ? Closing.of(reason) : known;
    }
}
