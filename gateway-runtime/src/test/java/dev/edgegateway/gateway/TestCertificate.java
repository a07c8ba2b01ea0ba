package dev.edgegateway.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate that vouches for itself, made with the JDK's keytool: listener, client and authority in one. */
public record TestCertificate(String certificatePem, String keyPem, KeyStore store) {
    private static final String PASSWORD = "changeit";

    /** For 127.0.0.1. */
    public static TestCertificate make(Path folder, String commonName) throws IOException {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "own",
                        "-dname",
                        "CN=" + commonName,
                        "-keyalg",
                        "EC",
                        "-validity",
                        "30",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.log").toFile())
                .start();
        try (InputStream in = finished(keytool, folder) ? Files.newInputStream(file) : InputStream.nullInputStream()) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return new TestCertificate(
                    pem("CERTIFICATE", store.getCertificate("own").getEncoded()),
                    pem(
                            "PRIVATE KEY",
                            store.getKey("own", PASSWORD.toCharArray()).getEncoded()),
                    store);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static boolean finished(Process keytool, Path folder) throws IOException {
        try {
            if (keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("keytool failed: " + Files.readString(folder.resolve("keytool.log")));
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** A client's TLS: trusts the certificate and shows it. */
    public SSLContext client() throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("own", store.getCertificate("own"));
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
