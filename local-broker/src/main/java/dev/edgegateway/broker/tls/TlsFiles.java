package dev.edgegateway.broker.tls;

import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** What the files of a listener held when they were read. */
record TlsFiles(SSLContext context, X509Certificate certificate) {
    /** How long a client may resume without showing its certificate again, and how many are remembered. */
    private static final Duration RESUMABLE = Duration.ofHours(1);

    private static final int MAX_RESUMABLE = 10_000;
    private static final char[] NO_PASSWORD = {};

    /** When the files were last written, to tell whether they are still the same. */
    static List<Object> stamp(TlsSettings settings) {
        List<Object> stamp = new ArrayList<>();
        for (Path file : files(settings)) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamp.add(List.of(attributes.lastModifiedTime(), attributes.size(), "" + attributes.fileKey()));
            } catch (IOException e) {
                stamp.add("unreadable");
            }
        }
        return stamp;
    }

    private static List<Path> files(TlsSettings settings) {
        return switch (settings.clients()) {
            case ClientCertificates.None() -> List.of(settings.certificateChain(), settings.privateKey());
            case ClientCertificates.Checked checked ->
                List.of(settings.certificateChain(), settings.privateKey(), checked.authorities());
        };
    }

    static TlsFiles read(TlsSettings settings) throws TlsException {
        List<X509Certificate> chain = PemFile.read(settings.certificateChain()).certificates();
        X509Certificate own = chain.getFirst();
        PrivateKey key = PemKey.of(PemFile.read(settings.privateKey()), own.getPublicKey());
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(settings, chain, key), trustManagers(settings), null);
            context.getServerSessionContext().setSessionTimeout((int) RESUMABLE.toSeconds());
            context.getServerSessionContext().setSessionCacheSize(MAX_RESUMABLE);
            return new TlsFiles(context, own);
        } catch (IOException | GeneralSecurityException e) {
            throw new TlsException(settings.certificateChain() + ": cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] keyManagers(TlsSettings settings, List<X509Certificate> chain, PrivateKey key)
            throws TlsException, IOException, GeneralSecurityException {
        KeyStore store = emptyStore();
        try {
            store.setKeyEntry("listener", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
        } catch (KeyStoreException e) {
            throw new TlsException(
                    settings.certificateChain()
                            + ": its certificates are no chain: the listener's own comes first, then"
                            + " each one's issuer",
                    e);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, NO_PASSWORD);
        return managers.getKeyManagers();
    }

    private static TrustManager[] trustManagers(TlsSettings settings)
            throws TlsException, IOException, GeneralSecurityException {
        // Without an authority nobody is trusted; the runtime's own list is never asked.
        List<X509Certificate> authorities = switch (settings.clients()) {
            case ClientCertificates.None() -> List.of();
            case ClientCertificates.Checked checked ->
                PemFile.read(checked.authorities()).certificates();
        };
        if (authorities.isEmpty()) {
            return new TrustManager[0];
        }
        KeyStore store = emptyStore();
        for (int i = 0; i < authorities.size(); i++) {
            store.setCertificateEntry("ca-" + i, authorities.get(i));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers.getTrustManagers();
    }

    private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    Instant validUntil() {
        return certificate.getNotAfter().toInstant();
    }
}
