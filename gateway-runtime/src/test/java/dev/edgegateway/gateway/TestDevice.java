package dev.edgegateway.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A client on the LAN, with the library devices use. */
final class TestDevice implements AutoCloseable {
    private static final long WAIT_MILLIS = 10_000;

    record Received(String topic, String payload) {}

    private final MqttAsyncClient client;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private TestDevice(MqttAsyncClient client) {
        this.client = client;
    }

    static TestDevice connect(int port, String clientId, boolean clean) throws MqttException {
        MqttAsyncClient client = new MqttAsyncClient("tcp://127.0.0.1:" + port, clientId, new MemoryPersistence());
        TestDevice device = new TestDevice(client);
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {}

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                device.received.add(new Received(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {}
        });
        MqttConnectOptions options = new MqttConnectOptions();
        options.setCleanSession(clean);
        options.setMaxInflight(1000);
        client.connect(options).waitForCompletion(WAIT_MILLIS);
        return device;
    }

    /** Publishes each payload and waits until it is acknowledged. */
    TestDevice publish(String topic, int qos, String... payloads) throws MqttException {
        for (String payload : payloads) {
            client.publish(topic, payload.getBytes(StandardCharsets.UTF_8), qos, false)
                    .waitForCompletion(WAIT_MILLIS);
        }
        return this;
    }

    /** Publishes an event as a platform device does. */
    TestDevice event(String event, String... payloads) throws MqttException {
        return publish("iot-2/evt/" + event + "/fmt/json", 1, payloads);
    }

    TestDevice subscribe(String filter) throws MqttException {
        client.subscribe(filter, 1).waitForCompletion(WAIT_MILLIS);
        return this;
    }

    List<Received> received() {
        return received;
    }

    boolean isConnected() {
        return client.isConnected();
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnectForcibly(0, 1000);
        }
        client.close(true);
    }
}
