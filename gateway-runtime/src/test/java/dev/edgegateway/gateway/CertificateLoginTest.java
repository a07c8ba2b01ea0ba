package dev.edgegateway.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.edgegateway.gateway.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the file to the connection: the name in a certificate is a user whom the rules know. */
class CertificateLoginTest {
    @TempDir
    private Path folder;

    @Test
    void aCertificatesNameIsAUserOfTheRules() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "pump-1");
        Files.writeString(folder.resolve("own.pem"), certificate.certificatePem());
        Files.writeString(folder.resolve("own.key"), certificate.keyPem());
        Path file = Files.writeString(folder.resolve("gateway.toml"), """
                [gateway]
                type_id = "t"
                device_id = "d"
                data_dir = "data"
                [[listener]]
                port = 0
                cert_file = "own.pem"
                key_file = "own.key"
                client_ca_file = "own.pem"
                client_certificates = "required"
                use_identity_as_username = true
                [[access.rule]]
                users = ["pump-1"]
                topic = "pumps/%u/#"
                allow = ["subscribe"]
                """);
        try (Gateway gateway =
                        Gateway.open(ConfigLoader.ofThisProcess().load(file).config(), failure -> {});
                SSLSocket socket = (SSLSocket)
                        certificate.client().getSocketFactory().createSocket("127.0.0.1", gateway.port("tcp"))) {
            socket.setSoTimeout(10_000);
            byte[] connect = {0x10, 13, 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 0, 0, 1, 'c'};
            socket.getOutputStream().write(connect);
            assertArrayEquals(
                    new byte[] {0x20, 2, 0, 0}, socket.getInputStream().readNBytes(4));
            socket.getOutputStream().write(subscribe("pumps/pump-1/#"));
            assertArrayEquals(
                    new byte[] {(byte) 0x90, 3, 0, 1, 0},
                    socket.getInputStream().readNBytes(5));
            socket.getOutputStream().write(subscribe("pumps/pump-2/#"));
            assertArrayEquals(
                    new byte[] {(byte) 0x90, 3, 0, 1, (byte) 0x80},
                    socket.getInputStream().readNBytes(5));
        }
    }

    private static byte[] subscribe(String filter) {
        byte[] packet = new byte[7 + filter.length()];
        packet[0] = (byte) 0x82;
        packet[1] = (byte) (packet.length - 2);
        packet[3] = 1;
        packet[5] = (byte) filter.length();
        for (int i = 0; i < filter.length(); i++) {
            packet[6 + i] = (byte) filter.charAt(i);
        }
        return packet;
    }
}
