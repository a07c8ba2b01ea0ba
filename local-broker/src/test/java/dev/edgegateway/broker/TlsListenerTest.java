package dev.edgegateway.broker;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TestAuthority.Issued;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import dev.edgegateway.broker.TlsSettings.Identity;
import dev.edgegateway.broker.netty.NettyBroker;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners with TLS: who gets through, under which name, and what a change of the files does. */
class TlsListenerTest {
    @TempDir
    private static Path folder;

    private static TestAuthority authority;
    private static TestAuthority stranger;
    private static Path caFile;
    private static Issued server;
    private static Issued secondServer;
    private static Issued pump;

    private final BlockingQueue<ConnectRequest> requests = new ArrayBlockingQueue<>(100);
    private final BlockingQueue<ClientInfo> clients = new ArrayBlockingQueue<>(100);
    private final AtomicLong nanos = new AtomicLong();
    private Path certificateFile;
    private Path keyFile;
    private LocalBroker broker;

    @BeforeAll
    static void makeCertificates() throws IOException {
        authority = new TestAuthority(folder.resolve("authority"));
        stranger = new TestAuthority(folder.resolve("stranger"));
        caFile = authority.caFile();
        server = authority.server("server");
        secondServer = authority.server("server-2");
        pump = authority.issue("pump", "CN=pump-1, O=Plant", "EC", "-ext", "san=dns:pump.plant,email:a@b.example");
    }

    @BeforeEach
    void open(@TempDir Path own) throws IOException {
        certificateFile = TestAuthority.writeChain(own.resolve("server.pem"), server);
        keyFile = TestAuthority.writeKey(own.resolve("server.key"), server);
        Authenticator remembering = request -> {
            requests.add(request);
            return CompletableFuture.completedFuture(Admission.PLAIN);
        };
        BrokerListener listener = new BrokerListener() {
            @Override
            public void connected(ClientInfo client) {
                clients.add(client);
            }
        };
        broker = NettyBroker.open(
                new LocalBroker.Parts(
                        BrokerSettings.of(List.of(
                                door("tls", ClientCertificates.NONE, Carrier.TCP),
                                door("wss", ClientCertificates.NONE, new Carrier.WebSocket("/mqtt")),
                                door("required", checked(true, Identity.COMMON_NAME, true), Carrier.TCP),
                                door("optional", checked(false, Identity.SUBJECT_ALTERNATIVE_NAME, false), Carrier.TCP),
                                door(
                                        "required-wss",
                                        checked(true, Identity.SUBJECT_ALTERNATIVE_NAME, true),
                                        new Carrier.WebSocket("/mqtt")))),
                        BrokerStore.NONE,
                        PublishTap.NONE,
                        remembering,
                        Authorizer.OPEN,
                        listener),
                InstantSource.system(),
                () -> System.nanoTime() + nanos.get());
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private BrokerSettings.Listener door(String name, ClientCertificates certificates, Carrier carrier) {
        return new BrokerSettings.Listener(
                name, "127.0.0.1", 0, new TlsSettings(certificateFile, keyFile, certificates), carrier);
    }

    private static ClientCertificates checked(boolean required, Identity identity, boolean isUserName) {
        return new ClientCertificates.Checked(caFile, required, identity, isUserName);
    }

    private MqttClient paho(String scheme, String listener, String clientId) throws MqttException {
        String path = scheme.startsWith("ws") ? "/mqtt" : "";
        return new MqttClient(
                scheme + "://127.0.0.1:" + broker.port(listener) + path, clientId, new MemoryPersistence());
    }

    private static MqttConnectOptions options(SSLContext context) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(context.getSocketFactory());
        options.setConnectionTimeout(5);
        return options;
    }

    private SSLSocket socket(String listener, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", broker.port(listener));
        socket.setSoTimeout(5000);
        return socket;
    }

    /** CONNECT through TLS. @return whether CONNACK 0 came. */
    private static boolean getsIn(SSLSocket socket, String clientId) {
        try {
            socket.getOutputStream().write(TestClient.connectPacket(clientId, true, 0, null));
            byte[] connack = socket.getInputStream().readNBytes(4);
            return connack.length == 4 && connack[0] == 0x20 && connack[3] == 0;
        } catch (IOException closed) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"ssl, tls", "wss, wss"})
    void pahoPublishesAndReceivesThroughTls(String scheme, String listener) throws Exception {
        BlockingQueue<String> received = new ArrayBlockingQueue<>(10);
        try (MqttClient client = paho(scheme, listener, "paho")) {
            client.connect(options(authority.client(null)));
            client.subscribe(
                    "t", 2, (topic, message) -> received.add(new String(message.getPayload(), StandardCharsets.UTF_8)));
            String large = "x".repeat(100_000);
            client.publish("t", large.getBytes(StandardCharsets.UTF_8), 2, false);
            assertEquals(large, received.poll(5, TimeUnit.SECONDS));
            client.disconnect();
        }
        ConnectRequest request = requests.take();
        assertEquals(listener, request.listener());
        assertNull(request.certificateName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreSpoken(String version) throws IOException {
        try (SSLSocket socket = socket("tls", authority.client(null))) {
            socket.setEnabledProtocols(new String[] {version});
            assertTrue(getsIn(socket, "c"));
            assertEquals(version, socket.getSession().getProtocol());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theCommonNameTakesThePlaceOfUserNameAndPassword(String version) throws Exception {
        MqttConnectOptions options = options(authority.client(pump));
        options.setUserName("admin");
        options.setPassword("guess".toCharArray());
        System.setProperty("jdk.tls.client.protocols", version);
        try (MqttClient client = paho("ssl", "required", "c")) {
            client.connect(options);
            client.disconnect();
        } finally {
            System.clearProperty("jdk.tls.client.protocols");
        }
        ConnectRequest request = requests.take();
        assertEquals("pump-1", request.userName());
        assertEquals("pump-1", request.certificateName());
        assertTrue(request.certificateIsUser());
        assertNull(request.password());
        ClientInfo client = clients.take();
        assertEquals("pump-1", client.userName());
        assertEquals("pump-1", client.certificateName());
    }

    @Test
    void theAlternativeNameIsAnIdentityOverSecureWebSocketToo() throws Exception {
        try (MqttClient client = paho("wss", "required-wss", "c")) {
            client.connect(options(authority.client(pump)));
            client.disconnect();
        }
        assertEquals("pump.plant", requests.take().userName());
    }

    @Test
    void whereCertificatesAreOptionalTheyAreToldBesideTheUserName() throws Exception {
        try (MqttClient with = paho("ssl", "optional", "with");
                MqttClient without = paho("ssl", "optional", "without")) {
            MqttConnectOptions options = options(authority.client(pump));
            options.setUserName("anna");
            options.setPassword("pw".toCharArray());
            with.connect(options);
            without.connect(options(authority.client(null)));
            with.disconnect();
            without.disconnect();
        }
        ConnectRequest with = requests.take();
        assertEquals("anna", with.userName());
        assertArrayEquals("pw".getBytes(StandardCharsets.UTF_8), with.password());
        assertEquals("pump.plant", with.certificateName());
        assertFalse(with.certificateIsUser());
        assertNull(requests.take().certificateName());
    }

    @Test
    void noCertificateNoEntryWhereOneIsRequired() throws IOException {
        try (SSLSocket socket = socket("required", authority.client(null))) {
            assertFalse(getsIn(socket, "c"));
        }
        assertTrue(requests.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "optional"})
    void aCertificateOfAnotherAuthorityIsRefusedEvenIfThatHasTheSameName(String listener) throws IOException {
        Issued theirs = stranger.issue("pump-of-" + listener, "CN=pump-1", "EC");
        SSLContext context = authority.client(theirs);
        try (SSLSocket socket = socket(listener, context)) {
            assertFalse(getsIn(socket, "c"));
        }
        assertTrue(requests.isEmpty());
    }

    @Test
    void anExpiredCertificateIsRefused() throws IOException {
        Issued old = authority.issue("old", "CN=old", "EC", "-startdate", "-10d", "-validity", "5");
        try (SSLSocket socket = socket("required", authority.client(old))) {
            assertFalse(getsIn(socket, "c"));
        }
        try (SSLSocket socket = socket("optional", authority.client(old))) {
            assertFalse(getsIn(socket, "c"));
        }
        assertTrue(requests.isEmpty());
    }

    @Test
    void aCertificateWithoutAUsableNameIsRefusedWhereItIsTheUserName() throws IOException {
        Issued nameless = authority.issue("nameless", "O=Plant", "EC");
        Issued twoNames = authority.issue("two", "CN=pump-1, CN=admin", "EC");
        for (Issued each : List.of(nameless, twoNames)) {
            try (SSLSocket socket = socket("required", authority.client(each))) {
                assertFalse(getsIn(socket, "c"));
            }
        }
        assertTrue(requests.isEmpty());
    }

    @Test
    void whoeverDoesNotSpeakTlsIsClosed() throws IOException {
        try (TestClient plain = TestClient.raw(broker.port("tls"))) {
            plain.send(TestClient.connectPacket("c", true, 0, null));
            assertTrue(plain.isClosedByPeer());
        }
        try (SSLSocket still = socket("tls", authority.client(null))) {
            assertTrue(getsIn(still, "c"));
        }
    }

    @Test
    void aHandshakeThatStallsEndsWithTheConnectTimeout() throws IOException {
        try (Socket silent = new Socket("127.0.0.1", broker.port("tls"))) {
            silent.setSoTimeout(300);
            silent.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1});
            await().until(() -> {
                nanos.addAndGet(Duration.ofSeconds(21).toNanos());
                try {
                    return silent.getInputStream().read() < 0;
                } catch (SocketTimeoutException open) {
                    return false;
                } catch (SocketException reset) {
                    return true;
                }
            });
        }
    }

    @Test
    void aNewCertificateIsShownToNewClientsWhileTheOldOnesStay() throws Exception {
        SSLContext trusting = authority.client(null);
        try (SSLSocket before = socket("tls", trusting)) {
            assertTrue(getsIn(before, "before"));
            assertEquals(server.chain()[0], before.getSession().getPeerCertificates()[0]);
            replace(secondServer, secondServer);
            try (SSLSocket after = socket("tls", authority.client(null))) {
                assertTrue(getsIn(after, "after"));
                assertEquals(secondServer.chain()[0], after.getSession().getPeerCertificates()[0]);
            }
            before.getOutputStream().write(new byte[] {(byte) 0xC0, 0});
            assertArrayEquals(
                    new byte[] {(byte) 0xD0, 0}, before.getInputStream().readNBytes(2));
        }
    }

    @Test
    void filesThatDoNotFitTogetherLeaveTheOldCertificateInPlace() throws Exception {
        replace(secondServer, server);
        assertEquals(server.chain()[0], shownBy("tls"));
        replace(secondServer, secondServer);
        assertEquals(secondServer.chain()[0], shownBy("tls"));
        Files.delete(keyFile);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertEquals(secondServer.chain()[0], shownBy("tls"));
    }

    @Test
    void aNewAuthorityDecidesAboutNewClients() throws Exception {
        byte[] old = Files.readAllBytes(caFile);
        try {
            Files.write(caFile, Files.readAllBytes(stranger.caFile()));
            Files.setLastModifiedTime(caFile, FileTime.from(Instant.now().plusSeconds(60)));
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            try (SSLSocket socket = socket("required", authority.client(pump))) {
                assertFalse(getsIn(socket, "c"));
            }
        } finally {
            Files.write(caFile, old);
        }
    }

    private Object shownBy(String listener) throws Exception {
        try (SSLSocket socket = socket(listener, authority.client(null))) {
            assertTrue(getsIn(socket, "c"));
            return socket.getSession().getPeerCertificates()[0];
        }
    }

    private void replace(Issued certificate, Issued key) throws IOException {
        TestAuthority.writeChain(certificateFile, certificate);
        TestAuthority.writeKey(keyFile, key);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    }

    @Test
    void aListenerWithoutItsFilesDoesNotOpen(@TempDir Path own) {
        TlsSettings absent = new TlsSettings(own.resolve("no.pem"), keyFile, ClientCertificates.NONE);
        var settings =
                BrokerSettings.of(List.of(new BrokerSettings.Listener("tls", "127.0.0.1", 0, absent, Carrier.TCP)));
        var failure =
                assertThrows(IllegalStateException.class, () -> LocalBroker.open(LocalBroker.Parts.inMemory(settings)));
        assertEquals(
                "listener 'tls' cannot be opened: " + own.resolve("no.pem") + ": there is no such file",
                failure.getMessage());
    }
}
