package dev.edgegateway.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate authority of the test's own, made with the JDK's keytool. */
public final class TestAuthority {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final Path folder;
    private final Path store;

    /** @param folder takes the authority's files. */
    public TestAuthority(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.store = folder.resolve("keys.p12");
        keytool("-genkeypair", "-alias", "ca", "-dname", "CN=Test Authority", "-keyalg", "EC", "-ext", "bc:c");
    }

    /** A key with its chain: its certificate, then the authority's. */
    public record Issued(PrivateKey key, Certificate[] chain) {
        public byte[] sec1OrPkcs1() {
            byte[] pkcs8 = key.getEncoded();
            int at = content(pkcs8, 0) + 3;
            at = content(pkcs8, at) + length(pkcs8, at);
            return Arrays.copyOfRange(pkcs8, content(pkcs8, at), pkcs8.length);
        }

        private static int content(byte[] der, int at) {
            return at + 2 + (der[at + 1] >= 0 ? 0 : der[at + 1] & 127);
        }

        private static int length(byte[] der, int at) {
            int length = 0;
            for (int i = at + 2; i < content(der, at); i++) {
                length = length << 8 | der[i] & 255;
            }
            return content(der, at) == at + 2 ? der[at + 1] : length;
        }
    }

    /** The listener's own: EC, for 127.0.0.1. */
    public Issued server(String alias) throws IOException {
        return issue(alias, "CN=localhost", "EC", "-ext", "san=ip:127.0.0.1,dns:localhost");
    }

    /** @param options more for keytool: {@code -ext}, {@code -startdate}, {@code -validity}. */
    public Issued issue(String alias, String dname, String algorithm, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("-genkeypair", "-alias", alias, "-dname", dname, "-keyalg", algorithm, "-signer", "ca"));
        arguments.addAll(List.of(options));
        keytool(arguments.toArray(new String[0]));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return new Issued((PrivateKey) keys.getKey(alias, PASSWORD), keys.getCertificateChain(alias));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The authority's certificate in PEM. */
    public Path caFile() throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            return write(
                    folder.resolve("ca.pem"),
                    pem("CERTIFICATE", keys.getCertificate("ca").getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** A client's TLS: trusts this authority, shows that certificate if there is one. */
    public SSLContext client(@Nullable Issued shown) throws IOException {
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManager[] own = null;
            if (shown != null) {
                KeyStore mine = KeyStore.getInstance("PKCS12");
                mine.load(null, null);
                mine.setKeyEntry("me", shown.key(), PASSWORD, shown.chain());
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(mine, PASSWORD);
                own = factory.getKeyManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(own, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    public static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    public static Path writeKey(Path file, Issued issued) throws IOException {
        return write(file, pem("PRIVATE KEY", issued.key().getEncoded()));
    }

    public static Path writeChain(Path file, Issued issued) throws IOException {
        StringBuilder text = new StringBuilder();
        try {
            for (Certificate certificate : issued.chain()) {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return write(file, text.toString());
    }

    public static Path write(Path file, String text) throws IOException {
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private void keytool(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", "changeit"));
        if (!command.contains("-validity")) {
            command.addAll(List.of("-validity", "30"));
        }
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
