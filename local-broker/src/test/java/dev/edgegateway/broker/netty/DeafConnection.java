package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.ConnectProperties;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import dev.edgegateway.broker.session.Connection;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Takes all that is sent and forgets it; now and then it cannot take any, or finds a message too large. */
final class DeafConnection implements Connection {
    private final Random random;

    DeafConnection(Random random) {
        this.random = random;
    }

    @Override
    public void opened(int protocolLevel, ConnectProperties said) {}

    @Override
    public void connack(boolean sessionPresent, int code, @Nullable Terms terms) {}

    @Override
    public boolean publish(
            TopicName topic, Message message, Qos qos, boolean dup, boolean retain, int packetId, int[] identifiers) {
        return random.nextInt(20) != 0;
    }

    @Override
    public void acknowledge(Ack kind, int packetId, int reasonCode) {}

    @Override
    public void suback(int packetId, int[] codes) {}

    @Override
    public void unsuback(int packetId, int[] codes) {}

    @Override
    public void pingresp() {}

    @Override
    public void disconnect(int reasonCode, String why) {}

    @Override
    public boolean isWritable() {
        return random.nextInt(4) != 0;
    }

    @Override
    public void reading(boolean on) {}

    @Override
    public void close() {}

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public long bytesWritten() {
        return 0;
    }

    @Override
    public long packetsWritten() {
        return 0;
    }

    @Override
    public long publishesWritten() {
        return 0;
    }
}
