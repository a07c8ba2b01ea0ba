package dev.edgegateway.platform;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A client on a real socket, with an MQTT library that knows nothing of this project. */
final class TestClient implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;

    private final MqttAsyncClient client;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();

    /** A message as it came. */
    record Received(String topic, String payload, int qos, boolean retained) {}

    private TestClient(int port, String clientId) throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                received.add(new Received(
                        topic, new String(message.getPayload(), UTF_8), message.getQos(), message.isRetained()));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
    }

    static TestClient connect(int port, String clientId, String user, String token) throws MqttException {
        return connect(port, clientId, user, token, null);
    }

    /** @param willTopic with a retained Will {@code gone} at QoS 1, null for none. */
    static TestClient connect(int port, String clientId, String user, String token, @Nullable String willTopic)
            throws MqttException {
        TestClient test = new TestClient(port, clientId);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setUserName(user);
        options.setPassword(token.toCharArray());
        options.setMaxInflight(1000);
        if (willTopic != null) {
            options.setWill(willTopic, "gone".getBytes(UTF_8), 1, true);
        }
        try {
            test.client.connect(options).waitForCompletion(WAIT_MILLIS);
        } catch (MqttException e) {
            test.client.close();
            throw e;
        }
        return test;
    }

    void publish(String topic, String payload, int qos) throws MqttException {
        publish(topic, payload.getBytes(UTF_8), qos, false);
    }

    /** Returns when the message is acknowledged. */
    void publish(String topic, byte[] payload, int qos, boolean retain) throws MqttException {
        client.publish(topic, payload, qos, retain).waitForCompletion(WAIT_MILLIS);
    }

    /** @return the return codes of the SUBACK. */
    int[] subscribe(String... filters) throws MqttException {
        int[] qos = new int[filters.length];
        java.util.Arrays.fill(qos, 2);
        IMqttToken token = client.subscribe(filters, qos);
        token.waitForCompletion(WAIT_MILLIS);
        return token.getGrantedQos();
    }

    void unsubscribe(String filter) throws MqttException {
        client.unsubscribe(filter).waitForCompletion(WAIT_MILLIS);
    }

    /** The next message, whatever it is. */
    Received next() throws InterruptedException {
        Received next = received.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError(client.getClientId() + " received nothing");
        }
        return next;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    /** Leaves with a DISCONNECT. */
    void disconnect() throws MqttException {
        client.disconnect().waitForCompletion(WAIT_MILLIS);
    }

    /** Leaves without a word. */
    void vanish() throws MqttException {
        client.disconnectForcibly(0, 1, false);
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 1000);
        }
        client.close(true);
    }
}
