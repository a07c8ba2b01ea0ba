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
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One Paho client for one connection, thrown away with it: nothing of an earlier connection can be sent again behind our
 * back. Paho's threads call the listeners, which only leave their news; they never throw back into Paho.
 */
final class PahoConnection implements MqttCallback, IMqttActionListener {
    /** Room beside the window for status messages; Paho refuses what goes beyond its bound. */
    private static final int IN_FLIGHT_MARGIN = 16;

    private static final int SUBSCRIPTION_REFUSED = 0x80;

    private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long ATTEMPT_ENDS_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long DISCONNECT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LinkSettings settings;
    private final DownlinkListener downlink;
    private final PlatformLink.Listener listener;
    private final long generation;
    private final GuardedNetwork network;
    private final MqttAsyncClient client;
    private final Sendable sendable = new Sendable();
    private volatile boolean ended;
    private boolean released;
    private volatile @Nullable Answer awaited;

    /** The answer to CONNECT, once it is on its way. */
    private volatile @Nullable Answer connected;

    private PahoConnection(LinkSettings settings, DownlinkListener downlink, PlatformLink.Listener listener)
            throws MqttException {
        this.settings = settings;
        this.downlink = downlink;
        this.listener = listener;
        generation = settings.nextGeneration().getAsLong();
        network = new GuardedNetwork(
                settings.url(), tls(settings), (int) settings.connectTimeout().toMillis());
        client = new MqttAsyncClient(
                GuardedNetworkFactory.PREFIX + settings.url(), settings.clientId(), new MemoryPersistence());
        client.setManualAcks(true);
        client.setCallback(this);
    }

    private static @Nullable SSLSocketFactory tls(LinkSettings settings) {
        if (!settings.url().startsWith("ssl://")) {
            return null;
        }
        SSLSocketFactory own = settings.tls();
        return own != null ? own : (SSLSocketFactory) SSLSocketFactory.getDefault();
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
    void open() throws PlatformException, InterruptedException {
        long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
        String doing = "connecting to " + settings.url();
        try {
            Answer attempt = answer();
            MqttConnectOptions options = options();
            connected = attempt;
            client.connect(options, null, attempt);
            attempt.await(deadline);
            for (Subscription subscription : settings.subscriptions()) {
                doing = "subscribing to " + subscription.filter();
                subscribe(subscription, deadline);
            }
            doing = "publishing to " + settings.statusTopic();
            Answer birth = answer();
            publishStatus(settings.status().online(generation), birth);
            birth.await(deadline);
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
        options.setSocketFactory(new GuardedNetwork.Handle(network));
        return options;
    }

    /** One filter to a packet, because some platforms refuse all filters of a packet for the sake of one. */
    private void subscribe(Subscription subscription, long deadline)
            throws MqttException, PlatformException, InterruptedException {
        Answer answer = answer();
        client.subscribe(subscription.filter(), subscription.qos(), null, answer);
        int[] granted = answer.await(deadline).getGrantedQos();
        if (granted.length > 0 && granted[0] == SUBSCRIPTION_REFUSED) {
            throw new PlatformException("the platform refuses the subscription to " + subscription.filter(), null);
        }
    }

    private void publishStatus(byte[] payload, Answer answer) throws MqttException {
        client.publish(settings.statusTopic(), payload, 1, settings.statusRetained(), null, answer);
    }

    /** What to await next; an abandoned connection abandons it too. */
    private Answer answer() {
        Answer answer = new Answer();
        awaited = answer;
        if (ended) {
            answer.abandon();
        }
        return answer;
    }

    /** Thread: {@code forwarder}. */
    void publish(OutboundMessage message, int qos) throws PlatformException {
        String whyNot = sendable.whyNot(message.topic());
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
                Answer goodbye = new Answer();
                publishStatus(settings.status().offline(generation), goodbye);
                goodbye.await(System.nanoTime() + GOODBYE_NANOS);
                Answer disconnected = new Answer();
                client.disconnect(0, null, disconnected);
                disconnected.await(System.nanoTime() + DISCONNECT_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MqttException e) {
            Logger.debug(e, "No goodbye to the platform");
        }
        abandon();
    }

    /** Frees everything without a word. Any thread; idempotent. */
    void abandon() {
        ended = true;
        network.drop();
        Answer waiting = awaited;
        if (waiting != null) {
            waiting.abandon();
        }
        release();
    }

    /**
     * Ends Paho's threads. Its {@code close} is not called: it frees nothing beyond that, but takes away fields under those
     * of its threads that are still on their way out.
     */
    private synchronized void release() {
        if (released) {
            return;
        }
        released = true;
        awaitAttempt();
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException e) {
            Logger.debug(e, "Client was disconnected before");
        }
    }

    /** Paho's threads are only ended safely when all of them have started; without its socket the attempt fails soon. */
    private void awaitAttempt() {
        Answer attempt = connected;
        if (attempt == null) {
            return;
        }
        try {
            attempt.settled(System.nanoTime() + ATTEMPT_ENDS_NANOS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
