package dev.edgegateway.demo.client;

import java.io.IOException;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/**
 * A device's link with Paho: one client object for the life of the device, with clean session false, so that Paho itself
 * keeps what is unacknowledged, and its packet ids, and sends it again.
 */
final class PahoDeviceLink implements DeviceLink {
    private static final String COMMANDS = "iot-2/cmd/+/fmt/+";
    private static final long PATIENCE_MILLIS = 5000;

    private final DeviceSpec spec;
    private final MqttAsyncClient client;

    /** @param uri {@code tcp://host:port}. */
    PahoDeviceLink(DeviceSpec spec, String organization, String uri) throws MqttException {
        this.spec = spec;
        this.client = new MqttAsyncClient(uri, spec.clientId(organization), new MemoryPersistence());
    }

    @Override
    public void connect(Listener listener) throws IOException {
        var options = new MqttConnectOptions();
        options.setCleanSession(false);
        options.setKeepAliveInterval(10);
        options.setConnectionTimeout(5);
        options.setMaxInflight(2 * LanDevice.WINDOW);
        client.setCallback(new Callback(listener));
        try {
            client.connect(options).waitForCompletion(PATIENCE_MILLIS);
            if (spec.takesCommands()) {
                client.subscribe(COMMANDS, 1).waitForCompletion(PATIENCE_MILLIS);
            }
        } catch (MqttException e) {
            abandon();
            throw new IOException(spec.id() + " cannot connect", e);
        }
    }

    @Override
    public void publish(long sequence, byte[] payload) throws IOException {
        try {
            client.publish(spec.topic(), payload, spec.qos(), false, sequence, null);
        } catch (MqttException e) {
            throw new IOException(spec.id() + " cannot publish", e);
        }
    }

    @Override
    public void close() {
        try {
            client.disconnect(0).waitForCompletion(PATIENCE_MILLIS);
        } catch (MqttException e) {
            abandon();
        }
        try {
            client.close(true);
        } catch (MqttException e) {
            // Threads that Paho cannot end are daemons.
        }
    }

    /** Drops a connection that may be half made. */
    private void abandon() {
        try {
            if (client.isConnected()) {
                client.disconnectForcibly(0, 0, false);
            }
        } catch (MqttException e) {
            // There is nothing left to drop.
        }
    }

    private record Callback(Listener listener) implements MqttCallback {
        @Override
        public void connectionLost(Throwable cause) {
            listener.lost();
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            listener.command(message.getPayload());
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            if (token.getUserContext() instanceof Long sequence) {
                listener.acknowledged(sequence);
            }
        }
    }
}
