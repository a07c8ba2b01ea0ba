package dev.edgegateway.forward.paho;

import dev.edgegateway.forward.DownlinkListener;
import dev.edgegateway.forward.OutboundMessage;
import dev.edgegateway.forward.PlatformException;
import dev.edgegateway.forward.PlatformLink;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** The link over Eclipse Paho: MQTT 3.1.1 over TCP or TLS. */
public final class PahoPlatformLink implements PlatformLink {
    /** Paho reports everything it reports to its callers a second time there; held, because such levels are weak. */
    private static final java.util.logging.Logger PAHO_LOG =
            java.util.logging.Logger.getLogger("org.eclipse.paho.client.mqttv3");

    private final LinkSettings settings;
    private final DownlinkListener downlink;
    private volatile @Nullable PahoConnection current;
    private boolean closed;

    /**
     * Makes the link; nothing is connected yet.
     *
     * @param downlink hears of everything the platform sends, from the first connection on.
     */
    public PahoPlatformLink(LinkSettings settings, DownlinkListener downlink) {
        this.settings = settings;
        this.downlink = downlink;
        PAHO_LOG.setLevel(Level.OFF);
    }

    @Override
    public void connect(Listener listener) throws PlatformException, InterruptedException {
        abandon();
        PahoConnection connection;
        synchronized (this) {
            if (closed) {
                throw new PlatformException("the link was closed", null);
            }
            connection = PahoConnection.prepare(settings, downlink, listener);
            current = connection;
        }
        try {
            connection.open();
        } catch (PlatformException | InterruptedException | RuntimeException e) {
            connection.abandon();
            throw e;
        }
    }

    @Override
    public void publish(OutboundMessage message) throws PlatformException {
        PahoConnection connection = current;
        if (connection == null) {
            throw new PlatformException("there is no connection", null);
        }
        int qos = settings.cleanSession() ? message.qos() : Math.min(message.qos(), 1);
        connection.publish(message, qos);
    }

    @Override
    public void close() {
        PahoConnection connection;
        synchronized (this) {
            closed = true;
            connection = current;
            current = null;
        }
        if (connection != null) {
            quietly(connection::close);
        }
    }

    @Override
    public void abandon() {
        PahoConnection connection;
        synchronized (this) {
            connection = current;
            current = null;
        }
        if (connection != null) {
            quietly(connection::abandon);
        }
    }

    private static void quietly(Runnable end) {
        try {
            end.run();
        } catch (RuntimeException e) {
            Logger.warn(e, "Link to the platform did not close cleanly");
        }
    }
}
