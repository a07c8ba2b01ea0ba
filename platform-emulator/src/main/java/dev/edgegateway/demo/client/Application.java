package dev.edgegateway.demo.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallbackExtended;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.tinylog.Logger;

/** The process of the application at the platform: it receives all events, and sends commands to devices. */
public final class Application {
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long COMMAND_INTERVAL_MILLIS = 500;

    /**
     * Who it is at the platform.
     *
     * @param key the API key, its user name.
     */
    public record Identity(String organization, String name, String key, String token) {
        String clientId() {
            return "a:" + organization + ":" + name;
        }
    }

    private final MqttAsyncClient client;
    private final Consumer<Report> reports;
    private final Commander commander;

    private Application(MqttAsyncClient client, Consumer<Report> reports, Commander commander) {
        this.client = client;
        this.reports = reports;
        this.commander = commander;
    }

    /**
     * Runs the application until the standard input ends.
     *
     * @param uri of the platform, {@code tcp://host:port}.
     * @throws MqttException if the platform does not let it in or grant its subscription.
     */
    public static void run(String uri, Identity identity, List<DeviceSpec> fleet, long seed) throws MqttException {
        var commander = new Commander(fleet, new Random(seed));
        try (var reports = new ReportWriter(System.out);
                var timer = Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("commands").factory())) {
            var client = new MqttAsyncClient(uri, identity.clientId(), new MemoryPersistence());
            var application = new Application(client, reports, commander);
            application.connect(identity);
            timer.scheduleWithFixedDelay(
                    application::command, COMMAND_INTERVAL_MILLIS, COMMAND_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            ParentLine.listen(System.in, timer::shutdown);
            timer.shutdown();
            client.disconnectForcibly(0, PATIENCE_MILLIS);
            client.close(true);
        }
    }

    private void connect(Identity identity) throws MqttException {
        var options = new MqttConnectOptions();
        options.setUserName(identity.key());
        options.setPassword(identity.token().toCharArray());
        options.setCleanSession(false);
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(1000);
        client.setCallback(new Callback());
        client.connect(options).waitForCompletion(PATIENCE_MILLIS);
        client.subscribe(Inbox.EVENTS, 1).waitForCompletion(PATIENCE_MILLIS);
        reports.accept(new Report.Connected(identity.name()));
    }

    private void command() {
        commander.next().ifPresent(command -> {
            try {
                client.publish(
                        commander.topic(command),
                        command.encode(),
                        1,
                        false,
                        new Report.CommandSent(command.device(), command.number()),
                        null);
            } catch (MqttException e) {
                Logger.warn(e, "Command {} to {} was not sent", command.number(), command.device());
            }
        });
    }

    private final class Callback implements MqttCallbackExtended {
        @Override
        public void connectComplete(boolean reconnect, String serverUri) {
            if (reconnect) {
                Logger.info("Connected again");
            }
        }

        @Override
        public void connectionLost(Throwable cause) {
            Logger.warn(cause, "The connection to the platform is lost");
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            Instant now = InstantSource.system().instant();
            Inbox.report(topic, message.getPayload(), now).ifPresent(report -> {
                if (report instanceof Report.Delivered delivered) {
                    commander.heard(delivered.topicDevice());
                }
                reports.accept(report);
            });
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            if (token.getUserContext() instanceof Report sent) {
                reports.accept(sent);
            }
        }
    }
}
