package dev.edgegateway.forward.paho;

import dev.edgegateway.forward.DownlinkListener;
import dev.edgegateway.forward.OutboundMessage;
import dev.edgegateway.forward.PlatformException;
import dev.edgegateway.forward.PlatformLink;
import dev.edgegateway.forward.UnsendableException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.MqttSecurityException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.tinylog.Logger;

/**
 * One Paho client for one connection, thrown away with it: nothing of an earlier connection can be sent again behind our
 * back. Paho's threads call the listeners, which only leave their news; they never throw back into Paho.
 */
final class PahoConnection implements MqttCallback, IMqttActionListener {
    /** Room beside the window for status messages; Paho refuses what goes beyond its bound. */
    private static final int IN_FLIGHT_MARGIN = 16;

    private static final int SUBSCRIPTION_REFUSED = 0x80;

    private static final long GOODBYE_MILLIS = 2_000;
    private static final long DISCONNECT_MILLIS = 1_000;

    private final LinkSettings settings;
    private final DownlinkListener downlink;
    private final PlatformLink.Listener listener;
    private final long generation;
    private final Sockets sockets = new Sockets();
    private final MqttAsyncClient client;
    private volatile boolean ended;

    private PahoConnection(LinkSettings settings, DownlinkListener downlink, PlatformLink.Listener listener)
            throws MqttException {
        this.settings = settings;
        this.downlink = downlink;
        this.listener = listener;
        generation = settings.nextGeneration().getAsLong();
        client = new MqttAsyncClient(settings.url(), settings.clientId(), new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(this);
    }

    /** Nothing is sent yet. */
    static PahoConnection prepare(LinkSettings settings, DownlinkListener downlink, PlatformLink.Listener listener)
            throws PlatformException {
        try {
            return new PahoConnection(settings, downlink, listener);
        } catch (MqttException | IllegalArgumentException e) {
            throw new PlatformException("no client can be made for " + settings.url() + ": " + e.getMessage(), e);
        }
    }

    /** Connects, subscribes, says that we are online. If it throws, the caller has to {@link #abandon}. */
    void open() throws PlatformException {
        long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
        String doing = "connecting to " + settings.url();
        try {
            await(client.connect(options()), deadline);
            for (Subscription subscription : settings.subscriptions()) {
                doing = "subscribing to " + subscription.filter();
                subscribe(subscription, deadline);
            }
            doing = "publishing to " + settings.statusTopic();
            await(publishStatus(settings.status().online(generation)), deadline);
        } catch (MqttException e) {
            throw new PlatformException(doing + ": " + explain(e), e, refused(e));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new PlatformException(doing + ": " + e.getMessage(), e);
        }
    }

    private MqttConnectOptions options() {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(settings.cleanSession());
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout((int) Math.max(1, settings.connectTimeout().toSeconds()));
        options.setMaxInflight(settings.maxInFlight() + IN_FLIGHT_MARGIN);
        options.setWill(
                settings.statusTopic(), settings.status().connectionLost(generation), 1, settings.statusRetained());
        Credentials credentials = settings.credentials();
        if (credentials != null) {
            options.setUserName(credentials.username());
            options.setPassword(credentials.password().get());
        }
        if (settings.url().startsWith("ssl://")) {
            SSLSocketFactory factory =
                    settings.tls() == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : settings.tls();
            options.setSocketFactory(sockets.tls(factory));
        } else {
            options.setSocketFactory(sockets.plain());
        }
        return options;
    }

    /** One filter to a packet, because some platforms refuse all filters of a packet for the sake of one. */
    private void subscribe(Subscription subscription, long deadline) throws MqttException, PlatformException {
        IMqttToken token = client.subscribe(subscription.filter(), subscription.qos());
        await(token, deadline);
        int[] granted = token.getGrantedQos();
        if (granted.length > 0 && granted[0] == SUBSCRIPTION_REFUSED) {
            throw new PlatformException("the platform refuses the subscription to " + subscription.filter(), null);
        }
    }

    private IMqttDeliveryToken publishStatus(byte[] payload) throws MqttException {
        return client.publish(settings.statusTopic(), payload, 1, settings.statusRetained());
    }

    private static void await(IMqttToken token, long deadline) throws MqttException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (millis <= 0) {
            throw new MqttException(MqttException.REASON_CODE_CLIENT_TIMEOUT);
        }
        token.waitForCompletion(millis);
    }

    /** Thread: {@code forwarder}. */
    void publish(OutboundMessage message, int qos) throws PlatformException {
        String whyNot = Sendable.whyNot(message.topic());
        if (whyNot != null) {
            throw new UnsendableException(whyNot, null);
        }
        try {
            client.publish(message.topic(), message.payload(), qos, message.retain(), message.id(), this);
        } catch (MqttException e) {
            throw new PlatformException("publishing: " + explain(e), e);
        } catch (IllegalArgumentException e) {
            throw new UnsendableException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void onSuccess(IMqttToken token) {
        if (!ended && token.getUserContext() instanceof Long id) {
            listener.acknowledged(id);
        }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
        lost(cause);
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost(cause);
    }

    private void lost(Throwable cause) {
        if (!ended) {
            ended = true;
            listener.lost(cause instanceof MqttException e ? new PlatformException(explain(e), e) : cause);
        }
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            CompletionStage<Void> placed = downlink.onMessage(topic, message.getPayload(), message.getQos());
            placed.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    Logger.warn(failure, "Message from the platform not placed, it will come again: {}", topic);
                } else {
                    acknowledge(message);
                }
            });
        } catch (RuntimeException e) {
            // Thrown on, it would cost the connection.
            Logger.warn(e, "Message from the platform not placed, it will come again: {}", topic);
        }
    }

    private void acknowledge(MqttMessage message) {
        try {
            client.messageArrivedComplete(message.getId(), message.getQos());
        } catch (MqttException e) {
            Logger.debug(e, "Connection was gone before a message from the platform was acknowledged");
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Each publish has its own listener, which also hears of QoS 0.
    }

    /** Says goodbye, as far as the platform listens, and disconnects. */
    void close() {
        ended = true;
        try {
            if (client.isConnected()) {
                publishStatus(settings.status().offline(generation)).waitForCompletion(GOODBYE_MILLIS);
                client.disconnect(0).waitForCompletion(DISCONNECT_MILLIS);
            }
        } catch (MqttException e) {
            Logger.debug(e, "No goodbye to the platform");
        }
        abandon();
    }

    /** Frees everything without a word. Any thread; idempotent. */
    void abandon() {
        ended = true;
        sockets.close();
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            Logger.debug(e, "Client was disconnected before");
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            Logger.debug(e, "Client closes later");
        }
    }

    /** CONNACK 2, 4 and 5 (MQTT 3.1.1 section 3.2.2.3): trying again soon does not help. */
    private static boolean refused(MqttException e) {
        return switch (e.getReasonCode()) {
            case MqttException.REASON_CODE_INVALID_CLIENT_ID,
                    MqttException.REASON_CODE_FAILED_AUTHENTICATION,
                    MqttException.REASON_CODE_NOT_AUTHORIZED -> true;
            default -> false;
        };
    }

    private static String explain(MqttException e) {
        String kind = e instanceof MqttSecurityException ? "refused: " : "";
        Throwable cause = e.getCause();
        return kind + e.getMessage() + (cause == null ? "" : " (" + cause + ")");
    }
}
