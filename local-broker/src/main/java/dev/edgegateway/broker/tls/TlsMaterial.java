package dev.edgegateway.broker.tls;

import dev.edgegateway.broker.TlsSettings;
import dev.edgegateway.broker.TlsSettings.ClientCertificates;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.tinylog.Logger;

/**
 * The keys and certificates of one listener, as they stand in its files. They are looked at when a client comes, at most
 * once a second; files that changed and cannot be used are named in the log once, and what was read before stays.
 */
public final class TlsMaterial {
    private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String listener;
    private final TlsSettings settings;
    private final LongSupplier nanos;
    private TlsFiles current;
    private List<Object> stamp;
    private long checkedAt;

    /**
     * Reads the files.
     *
     * @param nanos a monotonic clock, in nanoseconds.
     * @throws TlsException if they cannot be used.
     */
    public TlsMaterial(String listener, TlsSettings settings, LongSupplier nanos) throws TlsException {
        this.listener = listener;
        this.settings = settings;
        this.nanos = nanos;
        this.stamp = TlsFiles.stamp(settings);
        this.current = TlsFiles.read(settings);
        this.checkedAt = nanos.getAsLong();
    }

    /**
     * Looks whether a listener could be made of the files.
     *
     * @throws TlsException if not.
     */
    public static void check(TlsSettings settings) throws TlsException {
        TlsFiles.read(settings);
    }

    public TlsSettings settings() {
        return settings;
    }

    /** The listener's side of one new connection. */
    public SSLEngine engine() {
        refresh();
        SSLEngine engine = current.context().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setUseCipherSuitesOrder(true);
        switch (settings.clients()) {
            case ClientCertificates.None() -> {}
            case ClientCertificates.Checked checked -> {
                if (checked.required()) {
                    parameters.setNeedClientAuth(true);
                } else {
                    parameters.setWantClientAuth(true);
                }
            }
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    private void refresh() {
        long now = nanos.getAsLong();
        if (now - checkedAt < CHECK_NANOS) {
            return;
        }
        checkedAt = now;
        List<Object> found = TlsFiles.stamp(settings);
        if (found.equals(stamp)) {
            return;
        }
        stamp = found;
        try {
            current = TlsFiles.read(settings);
            Logger.info("Listener '{}' took its new certificate, valid until {}", listener, current.validUntil());
        } catch (TlsException e) {
            Logger.warn("Listener '{}' keeps its old certificate: {}", listener, e.getMessage());
        }
    }
}
