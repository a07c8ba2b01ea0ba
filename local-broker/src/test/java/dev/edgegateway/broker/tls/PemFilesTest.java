package dev.edgegateway.broker.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.TestAuthority;
import dev.edgegateway.broker.TestAuthority.Issued;
import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files make a listener, and what is said about those that do not. */
class PemFilesTest {
    @TempDir
    private static Path authorityFolder;

    private static TestAuthority authority;
    private static Issued ec;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeCertificates() throws IOException {
        authority = new TestAuthority(authorityFolder);
        ec = authority.server("ec");
    }

    private TlsSettings files(String chain, String key) throws IOException {
        return new TlsSettings(
                TestAuthority.write(folder.resolve("chain.pem"), chain),
                TestAuthority.write(folder.resolve("own.key"), key),
                ClientCertificates.NONE);
    }

    private static String chain(Issued issued) throws IOException {
        return Files.readString(TestAuthority.writeChain(authorityFolder.resolve("x.pem"), issued));
    }

    private static String key(Issued issued) {
        return TestAuthority.pem("PRIVATE KEY", issued.key().getEncoded());
    }

    private String complaint(TlsSettings files) {
        TlsException failure = assertThrows(TlsException.class, () -> TlsFiles.read(files));
        return String.valueOf(failure.getMessage()).replace(folder + "/", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void keysOfEachKindAreTaken(String algorithm) throws Exception {
        Issued issued = authority.issue("kind-" + algorithm, "CN=x", algorithm);
        assertEquals(
                issued.chain()[0],
                TlsFiles.read(files(chain(issued), key(issued))).certificate());
    }

    @Test
    void keysInTheFormOfOlderToolsAreTaken() throws Exception {
        Issued rsa = authority.issue("older", "CN=x", "RSA");
        TlsFiles.read(files(chain(rsa), TestAuthority.pem("RSA PRIVATE KEY", rsa.sec1OrPkcs1())));
        String parameters = TestAuthority.pem("EC PARAMETERS", new byte[] {6, 1, 1});
        String sec1 = TestAuthority.pem("EC PRIVATE KEY", ec.sec1OrPkcs1());
        TlsFiles.read(files(chain(ec), parameters + sec1.replace("\n", "\r\n")));
    }

    @Test
    void keyAndChainMayStandInOneFileWithWordsBetween() throws Exception {
        String both = "Bag Attributes\n" + key(ec) + "subject=CN = x\n" + chain(ec);
        TlsFiles.read(files(both, both));
    }

    @Test
    void encryptedKeysAreRefusedWithTheWayOut() throws Exception {
        String pkcs8 = complaint(files(chain(ec), TestAuthority.pem("ENCRYPTED PRIVATE KEY", new byte[10])));
        String older = complaint(files(
                chain(ec),
                TestAuthority.pem("RSA PRIVATE KEY", new byte[10])
                        .replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n")));
        assertTrue(pkcs8.startsWith("own.key: the key is encrypted; write it without a passphrase"), pkcs8);
        assertEquals(pkcs8, older);
    }

    @Test
    void theFileAndTheFaultAreNamed() throws Exception {
        Issued other = authority.server("other");
        Issued rsa = authority.issue("rsa", "CN=x", "RSA");
        assertEquals("own.key: the key belongs to another certificate", complaint(files(chain(ec), key(other))));
        assertEquals(
                "own.key: the key is damaged, or not EC as its certificate says",
                complaint(files(chain(ec), key(rsa))));
        assertEquals(
                "own.key: the key is damaged, or not EC as its certificate says",
                complaint(files(chain(ec), TestAuthority.pem("EC PRIVATE KEY", new byte[] {1, 2, 3}))));
        assertEquals("own.key: holds no private key", complaint(files(chain(ec), chain(ec))));
        assertEquals("chain.pem: holds no certificate, only PRIVATE KEY", complaint(files(key(ec), key(ec))));
        assertEquals("chain.pem: holds nothing in PEM form (-----BEGIN ...)", complaint(files("", key(ec))));
        assertEquals(
                "chain.pem: a block begins as CERTIFICATE and does not end: the file is cut",
                complaint(files(chain(ec).substring(0, 200), key(ec))));
        String damaged = complaint(files(TestAuthority.pem("CERTIFICATE", new byte[] {1, 2}), key(ec)));
        assertTrue(damaged.startsWith("chain.pem: a certificate in it is damaged: "), damaged);
        String letters = complaint(files(chain(ec).replaceFirst("MI", "M*"), key(ec)));
        assertTrue(letters.startsWith("chain.pem: the block CERTIFICATE is not Base64: "), letters);
        assertEquals(
                "chain.pem: its certificates are no chain: the listener's own comes first, then each one's issuer",
                complaint(files(chain(ec).split("(?<=END CERTIFICATE-----\n)")[0] + chain(other), key(ec))));
    }
}
