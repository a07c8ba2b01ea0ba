package dev.edgegateway.demo.client;

import dev.edgegateway.broker.Authenticator;
import dev.edgegateway.broker.Authorizer;
import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.gateway.rehearsal.SeverableProxy;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Paho against a real broker behind a wire that breaks. */
class PahoDeviceLinkTest {

    @Nested
    class AtQos1 extends Stage {
        AtQos1() {
            super(1);
        }
    }

    @Nested
    class AtQos2 extends Stage {
        AtQos2() {
            super(2);
        }
    }

    abstract static class Stage extends DeviceLinkContract {
        private final DeviceSpec spec;
        private final List<Long> arrived = new CopyOnWriteArrayList<>();
        private final AtomicLong commits = new AtomicLong();
        private volatile boolean acknowledging = true;
        private LocalBroker gateway;
        private SeverableProxy wire;
        private PahoDeviceLink link;

        @SuppressWarnings("NullAway.Init") // the stage is set before each test
        Stage(int qos) {
            spec = new DeviceSpec(DeviceSpec.Kind.PLATFORM, "pump-01", qos, 10);
        }

        @BeforeEach
        void open() throws MqttException {
            gateway = LocalBroker.open(new LocalBroker.Parts(
                    BrokerSettings.onPort("127.0.0.1", 0),
                    BrokerStore.NONE,
                    this::onPublish,
                    Authenticator.ANONYMOUS,
                    Authorizer.OPEN,
                    BrokerListener.NONE));
            wire = SeverableProxy.open(new InetSocketAddress("127.0.0.1", gateway.port("tcp")));
            link = new PahoDeviceLink(spec, "demo01", "tcp://127.0.0.1:" + wire.port());
        }

        @AfterEach
        void close() {
            link.close();
            wire.close();
            gateway.close();
        }

        private long onPublish(ClientInfo publisher, Message message) {
            if (publisher.clientId().startsWith("$")) {
                return PublishTap.NOTHING;
            }
            arrived.add(Long.parseLong(new String(message.payload(), StandardCharsets.US_ASCII)));
            long commit = commits.incrementAndGet();
            if (acknowledging) {
                gateway.committedThrough(commit);
            }
            return commit;
        }

        @Override
        DeviceLink link() {
            return link;
        }

        @Override
        List<Long> arrived() {
            return arrived;
        }

        @Override
        void gatewayAcknowledges(boolean whether) {
            acknowledging = whether;
            if (whether) {
                gateway.committedThrough(commits.get());
            }
        }

        @Override
        void cut() {
            wire.sever();
            wire.heal();
        }

        @Override
        void command(String text) {
            gateway.publish(
                    ClientInfo.inProcess("application"),
                    new Message(
                            new TopicName("iot-2/cmd/valve/fmt/json"),
                            text.getBytes(StandardCharsets.UTF_8),
                            Qos.AT_LEAST_ONCE,
                            false));
        }
    }
}
