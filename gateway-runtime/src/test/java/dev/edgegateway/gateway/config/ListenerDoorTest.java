package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Carrier;
import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import dev.edgegateway.broker.TlsSettings.Identity;
import dev.edgegateway.gateway.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener says of TLS and WebSocket, and what becomes of it. */
class ListenerDoorTest {
    private static final String TLS = "cert_file = \"own.pem\"\nkey_file = \"own.key\"\n";
    private static final String REQUIRED = "client_ca_file = \"own.pem\"\nclient_certificates = \"required\"\n";

    @TempDir
    private static Path keys;

    private static TestCertificate certificate;

    @TempDir
    private Path folder;

    private ConfigFolder files;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.make(keys, "pump-1");
    }

    @BeforeEach
    void writeFiles() {
        files = new ConfigFolder(folder)
                .with("own.pem", certificate.certificatePem())
                .withSecret("own.key", certificate.keyPem());
    }

    private ListenerConfig listener(String text) throws ConfigException {
        return files.with("gateway.toml", ConfigFolder.MINIMAL + text)
                .config()
                .listeners()
                .getFirst();
    }

    @Test
    void eachKindOfDoorHasItsUsualPort() throws ConfigException {
        String webSocket = "transport = \"websocket\"\n";
        assertEquals(1883, listener("").port());
        assertEquals(8883, listener(TLS).port());
        assertEquals(8083, listener(webSocket).port());
        assertEquals(8084, listener(webSocket + TLS).port());
        assertEquals(1, listener(webSocket + TLS + "port = 1\n").port());
    }

    @Test
    void aWebSocketIsAtItsPath() throws ConfigException {
        assertEquals(
                new Carrier.WebSocket("/mqtt"),
                listener("transport = \"websocket\"\n").carrier());
        assertEquals(
                new Carrier.WebSocket("/a/b"),
                listener("transport = \"websocket\"\npath = \"/a/b\"\n").carrier());
        assertNull(listener("transport = \"websocket\"\n").tls());
    }

    @Test
    void everyKeyArrivesAtTheBroker() throws ConfigException {
        assertEquals(
                new TlsSettings(
                        folder.resolve("own.pem"),
                        folder.resolve("own.key"),
                        new ClientCertificates.Checked(
                                folder.resolve("own.pem"), false, Identity.SUBJECT_ALTERNATIVE_NAME, true)),
                listener(TLS + "client_ca_file = \"own.pem\"\nclient_certificates = \"optional\"\n"
                                + "identity_from = \"san\"\nuse_identity_as_username = true\n")
                        .settings()
                        .tls());
    }

    @Test
    void requiredCertificatesMakeAnAnonymousListenerSafeForTheNetwork() throws ConfigException {
        ListenerConfig listener = listener("bind = \"0.0.0.0\"\n" + TLS + REQUIRED);
        assertTrue(listener.requiresCertificates());
        assertFalse(listener.takesNamesFromCertificates());

        files.with("gateway.toml", ConfigFolder.MINIMAL + "bind = \"0.0.0.0\"\n" + TLS);
        assertEquals(1, files.problems().size(), () -> files.problems().toString());
    }

    @Test
    void namesFromCertificatesNeedNoUsers() {
        files.with(
                "gateway.toml",
                ConfigFolder.MINIMAL.replace("allow_anonymous = true", "allow_anonymous = false") + TLS + REQUIRED
                        + "use_identity_as_username = true\n");
        assertEquals(List.of(), files.problems());
    }

    @Test
    void aKeyThatEveryoneMayReadIsSaid() {
        files.with("open.key", certificate.keyPem())
                .with("gateway.toml", ConfigFolder.MINIMAL + "cert_file = \"own.pem\"\nkey_file = \"open.key\"\n");
        folder.resolve("open.key").toFile().setReadable(true, false);
        assertEquals(
                List.of("7:12 warning: listener.key_file is open.key, which every user of this machine may read;"
                        + " chmod o-rwx open.key"),
                files.problems());
    }
}
