package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import dev.edgegateway.broker.TlsSettings.Identity;
import dev.edgegateway.broker.tls.TlsException;
import dev.edgegateway.broker.tls.TlsMaterial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code [[listener]]} says of WebSocket and TLS.
 *
 * @param tls null without TLS.
 */
record ListenerDoor(@Nullable TlsSettings tls, Carrier carrier) {
    private static final String DEFAULT_PATH = "/mqtt";

    private enum Demand {
        NONE,
        OPTIONAL,
        REQUIRED
    }

    private static final Key<Boolean> WEBSOCKET = Key.withDefault(
            "transport",
            Kinds.word(words("tcp", false, "websocket", true)),
            false,
            "What carries MQTT: `tcp` alone, or `websocket` on it, with sub-protocol `mqtt` or `mqttv3.1`.");
    private static final Key<String> PATH = Key.optional(
            "path",
            Kinds.text(1000),
            "`\"" + DEFAULT_PATH + "\"`",
            "With `transport = \"websocket\"`: the path in the URL; every other one is answered with 404.");
    private static final Key<Path> CERT_FILE = Key.optional(
            "cert_file",
            Kinds.path(),
            "no TLS",
            "Switches TLS 1.2 and 1.3 on: the listener's certificate in PEM form, then those of its issuers. It, the key"
                    + " and the authorities are read again when they change; who is connected stays.");
    private static final Key<Path> KEY_FILE = Key.optional(
            "key_file",
            Kinds.path(),
            "required with `cert_file`",
            "The certificate's private key in PEM form, without a passphrase.");
    private static final Key<Path> CLIENT_CA_FILE = Key.optional(
            "client_ca_file",
            Kinds.path(),
            "required with `client_certificates`",
            "The authorities that may vouch for clients, in PEM form.");
    private static final Key<Demand> CLIENT_CERTIFICATES = Key.withDefault(
            "client_certificates",
            Kinds.word(words("none", Demand.NONE, "optional", Demand.OPTIONAL, "required", Demand.REQUIRED)),
            Demand.NONE,
            "Whether clients show a certificate. One that is not vouched for or out of its time is never let in.");
    private static final Key<Identity> IDENTITY_FROM = Key.withDefault(
            "identity_from",
            Kinds.word(words("cn", Identity.COMMON_NAME, "san", Identity.SUBJECT_ALTERNATIVE_NAME)),
            Identity.COMMON_NAME,
            "What in a client's certificate is its name: `cn` is the subject's common name, `san` the first alternative"
                    + " name that is a DNS name, else an e-mail address, else a URI.");
    private static final Key<Boolean> USE_IDENTITY = Key.withDefault(
            "use_identity_as_username",
            Kinds.flag(),
            false,
            "The name in the certificate takes the place of user name and password: who shows one needs neither.");

    static final List<Key<?>> KEYS = List.of(
            WEBSOCKET, PATH, CERT_FILE, KEY_FILE, CLIENT_CA_FILE, CLIENT_CERTIFICATES, IDENTITY_FROM, USE_IDENTITY);

    private static <T> Map<String, T> words(String one, T first, String two, T second) {
        Map<String, T> words = new LinkedHashMap<>();
        words.put(one, first);
        words.put(two, second);
        return words;
    }

    private static <T> Map<String, T> words(String one, T first, String two, T second, String three, T third) {
        Map<String, T> words = words(one, first, two, second);
        words.put(three, third);
        return words;
    }

    static ListenerDoor read(TableReader table, Surroundings surroundings) {
        return new ListenerDoor(tls(table, surroundings), carrier(table));
    }

    private static Carrier carrier(TableReader table) {
        boolean webSocket = table.get(WEBSOCKET);
        if (!webSocket) {
            if (table.sound(WEBSOCKET)) {
                table.refuse(
                        List.of(PATH), "belongs to transport websocket, and this listener has tcp", "leave it out");
            }
            return Carrier.TCP;
        }
        String path = table.find(PATH).orElse(DEFAULT_PATH);
        if (!path.matches("/[!-~&&[^?#]]*")) {
            table.error(PATH, "is " + Node.quoted(path), "expected a path of a URL, as in \"/mqtt\"");
            return Carrier.TCP;
        }
        return new Carrier.WebSocket(path);
    }

    private static @Nullable TlsSettings tls(TableReader table, Surroundings surroundings) {
        Path chain = table.find(CERT_FILE).map(surroundings::resolve).orElse(null);
        Path key = table.find(KEY_FILE).map(surroundings::resolve).orElse(null);
        ClientCertificates clients = clients(table, surroundings);
        if (!table.has(CERT_FILE)) {
            table.refuse(List.of(KEY_FILE, CLIENT_CA_FILE), "is of no use without cert_file", "add cert_file");
            if (table.sound(CLIENT_CERTIFICATES) && !(clients instanceof ClientCertificates.None)) {
                table.error(CLIENT_CERTIFICATES, "is of no use without cert_file", "add cert_file");
            }
            return null;
        }
        if (!table.has(KEY_FILE)) {
            table.missing(KEY_FILE, "cert_file needs it: expected a path");
        }
        if (chain == null || key == null || !table.sound(CLIENT_CA_FILE, CLIENT_CERTIFICATES, IDENTITY_FROM)) {
            return null;
        }
        TlsSettings settings = new TlsSettings(chain, key, clients);
        check(table, settings);
        return settings;
    }

    private static void check(TableReader table, TlsSettings settings) {
        try {
            TlsMaterial.check(settings);
        } catch (TlsException e) {
            table.error(CERT_FILE, "cannot be used (" + e.getMessage() + ")", "expected files that fit together");
        }
        Path key = settings.privateKey();
        if (othersMayRead(key)) {
            table.warning(KEY_FILE, "is " + key + ", which every user of this machine may read", "chmod o-rwx " + key);
        }
    }

    private static boolean othersMayRead(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static ClientCertificates clients(TableReader table, Surroundings surroundings) {
        Demand demand = table.get(CLIENT_CERTIFICATES);
        boolean isUser = table.get(USE_IDENTITY);
        Identity identity = table.get(IDENTITY_FROM);
        if (!table.sound(CLIENT_CERTIFICATES)) {
            return ClientCertificates.NONE;
        }
        if (demand == Demand.NONE) {
            String why = "is of no use with client_certificates = \"none\"";
            String instead = "set client_certificates to \"required\" or \"optional\", or leave it out";
            if (table.has(CERT_FILE)) {
                table.refuse(List.of(CLIENT_CA_FILE), why, instead);
            }
            if (isUser) {
                table.error(USE_IDENTITY, why, instead);
            }
            return ClientCertificates.NONE;
        }
        if (!table.has(CLIENT_CA_FILE)) {
            table.missing(CLIENT_CA_FILE, "client_certificates needs it: expected a path");
        }
        return table.find(CLIENT_CA_FILE)
                .map(surroundings::resolve)
                .<ClientCertificates>map(
                        file -> new ClientCertificates.Checked(file, demand == Demand.REQUIRED, identity, isUser))
                .orElse(ClientCertificates.NONE);
    }

    /** The port registered for MQTT or in wide use for it. */
    int usualPort() {
        return switch (carrier) {
            case Carrier.Tcp() -> tls == null ? 1883 : 8883;
            case Carrier.WebSocket _ -> tls == null ? 8083 : 8084;
        };
    }
}
