package dev.edgegateway.gateway.config;

import java.net.InetAddress;
import java.util.stream.Stream;

/** Reads one {@code [[listener]]}. */
final class ListenerSection {
    static final Key<String> NAME = Key.optional(
            "name", Kinds.identifier(), "`tcp`, `tcp-2`, ... in the order of the file", "What reports call it.");
    private static final Key<String> BIND = Key.withDefault(
            "bind",
            Kinds.ipAddress(),
            "127.0.0.1",
            "The address it listens on: of one network, or `0.0.0.0` or `::` for all of them.");
    static final Key<Integer> PORT = Key.optional(
            "port",
            Kinds.integer(0, 65535),
            "`1883`; `8883` with TLS, `8083` with WebSocket, `8084` with both",
            "The TCP port; 0 takes a free one.");
    private static final Key<Boolean> ALLOW_ANONYMOUS = Key.withDefault(
            "allow_anonymous",
            Kinds.flag(),
            false,
            "Lets clients in without credentials. If there are users, whoever gives a user name must know its password all the"
                    + " same. Where client certificates are required, a certificate is what everyone shows.");
    private static final Key<Boolean> INSECURE = Key.withDefault(
            "insecure",
            Kinds.flag(),
            false,
            "Confirms that `allow_anonymous` is meant on an address that other machines can reach.");

    static final Section SECTION = new Section(
            "listener",
            true,
            "One door of the local broker. At least one is required.",
            Stream.concat(Stream.of(NAME, BIND, PORT, ALLOW_ANONYMOUS, INSECURE), ListenerDoor.KEYS.stream())
                    .toList());

    private ListenerSection() {}

    /**
     * Reads it.
     *
     * @param index from 0.
     * @param anyoneCanLogIn whether there are users or devices with credentials.
     */
    static ListenerConfig read(TableReader table, int index, boolean anyoneCanLogIn, Surroundings surroundings) {
        table.refuseOthers(SECTION.keys());
        ListenerDoor door = ListenerDoor.read(table, surroundings);
        ListenerConfig listener = new ListenerConfig(
                table.find(NAME).orElse(index == 0 ? "tcp" : "tcp-" + (index + 1)),
                table.get(BIND),
                table.find(PORT).orElseGet(door::usualPort),
                table.get(ALLOW_ANONYMOUS),
                table.get(INSECURE),
                door.tls(),
                door.carrier());
        boolean reachable = !InetAddress.ofLiteral(listener.bind()).isLoopbackAddress();
        if (table.clean()
                && listener.allowAnonymous()
                && reachable
                && !listener.insecure()
                && !listener.requiresCertificates()) {
            table.error(
                    ALLOW_ANONYMOUS,
                    "is true on " + listener.bind() + ", where every machine of the network can publish and listen",
                    "bind to 127.0.0.1, or add insecure = true if that is what you want");
        }
        if (table.sound(ALLOW_ANONYMOUS)
                && !listener.allowAnonymous()
                && !anyoneCanLogIn
                && !listener.takesNamesFromCertificates()) {
            table.warning(
                    ALLOW_ANONYMOUS,
                    "is false, so this listener lets nobody in: there are no users",
                    "set users_file in [access], or set this to true on a loopback address to let local clients in");
        }
        return listener;
    }

    /** Whether both cannot be open at once. */
    static boolean collide(ListenerConfig one, ListenerConfig other) {
        if (one.port() != other.port() || one.port() == 0) {
            return false;
        }
        InetAddress a = InetAddress.ofLiteral(one.bind());
        InetAddress b = InetAddress.ofLiteral(other.bind());
        return a.equals(b) || a.isAnyLocalAddress() || b.isAnyLocalAddress();
    }
}
