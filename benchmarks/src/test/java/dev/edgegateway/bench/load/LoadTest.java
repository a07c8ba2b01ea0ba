package dev.edgegateway.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.Authenticator;
import dev.edgegateway.broker.Authorizer;
import dev.edgegateway.broker.BrokerListener;
import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStore;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.PublishTap;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.TopicName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {
    private static final Duration STALL = Duration.ofSeconds(30);
    private static final Duration SHORT_STALL = Duration.ofMillis(200);

    private LocalBroker broker = broker(Authorizer.OPEN);

    private static LocalBroker broker(Authorizer authorizer) {
        return LocalBroker.open(new LocalBroker.Parts(
                BrokerSettings.onPort("127.0.0.1", 0),
                BrokerStore.NONE,
                PublishTap.NONE,
                Authenticator.ANONYMOUS,
                authorizer,
                BrokerListener.NONE));
    }

    private InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", broker.port("tcp"));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private Throughput run(Shape shape, long perPublisher, Duration stall) throws IOException {
        return ClosedLoop.run(address(), shape, new Extent.Counted(perPublisher), () -> 0, stall);
    }

    @ParameterizedTest
    @CsvSource({"0,10,1", "1,10,1", "2,10,1", "0,1,10", "1,1,10", "2,2,3"})
    void everyMessageSentIsSeenByTheBrokerAndByEverySubscriber(int qos, int publishers, int subscribers)
            throws IOException {
        long perPublisher = 3000;
        Throughput result = run(Shape.of(publishers, subscribers, 100, qos), perPublisher, STALL);
        assertEquals(List.of(), result.problems());
        assertEquals(perPublisher * publishers, result.sent());
        assertEquals(perPublisher * publishers, broker.stats().publishReceived());
        assertEquals(perPublisher * publishers * subscribers, result.delivered());
        assertEquals(perPublisher * publishers * subscribers, broker.stats().publishSent());
    }

    @Test
    void packetIdsStartAgainAfterTheLastOne() throws IOException {
        Throughput result = run(Shape.of(1, 1, 20, 1), 70_000, STALL);
        assertEquals(List.of(), result.problems());
        assertEquals(70_000, result.delivered());
    }

    @Test
    void payloadsAsLargeAsAllowedPass() throws IOException {
        assertEquals(
                List.of(),
                run(Shape.of(2, 1, 131072, 1).withRefill(1), 20, STALL).problems());
    }

    @Test
    void aRunByTheClockEndsWithEverythingReceived() throws IOException {
        Extent extent = new Extent.Timed(Duration.ofMillis(20), Duration.ofMillis(80));
        Throughput result = ClosedLoop.run(address(), Shape.of(3, 1, 100, 1), extent, () -> 0, STALL);
        assertEquals(List.of(), result.problems());
        assertTrue(result.delivered() > 0);
        assertTrue(result.nanos() >= Duration.ofMillis(80).toNanos());
        assertEquals(result.sent(), broker.stats().publishReceived());
    }

    @Test
    void everyMessageOfAFixedRateIsTimed() throws IOException {
        Latency result =
                FixedRate.run(address(), Shape.of(10, 2, 100, 1), 1000, Duration.ZERO, Duration.ofMillis(200), STALL);
        assertEquals(List.of(), result.problems());
        assertEquals(broker.stats().publishSent(), result.nanos().getTotalCount());
        assertTrue(result.nanos().getTotalCount() > 0);
        assertTrue(result.micros(99) >= result.micros(50));
    }

    @Test
    void aBrokerThatDropsMessagesMakesTheRunInvalid() throws IOException {
        broker.close();
        broker = broker(new DropsOne(100));
        Throughput result = run(Shape.of(1, 1, 100, 0), 1000, STALL);
        assertFalse(result.isValid());
        assertEquals(List.of("received 999 of 1000 messages", "1 messages missing in between"), result.problems());
    }

    @Test
    void aLostLastMessageEndsTheRunAndMakesItInvalid() throws IOException {
        broker.close();
        broker = broker(new DropsOne(999));
        Throughput result = run(Shape.of(1, 1, 100, 1), 1000, SHORT_STALL);
        assertEquals(List.of("nothing came for 200 ms", "received 999 of 1000 messages"), result.problems());
    }

    @Test
    void aBrokerThatEndsInTheMiddleMakesTheRunInvalidAndLeavesNoFigureBehind() throws IOException {
        broker.close();
        DropsOne countdown = new DropsOne(20_000);
        countdown.onDrop(() -> Thread.ofPlatform().start(broker::close));
        broker = broker(countdown);
        Extent extent = new Extent.Timed(Duration.ofMillis(1), Duration.ofSeconds(60));
        Throughput result = ClosedLoop.run(address(), Shape.of(1, 1, 100, 1), extent, () -> 0, STALL);
        assertFalse(result.isValid());
        assertEquals(0, result.delivered());
    }

    /** Drops a message after so many others, as if it had been delivered. */
    private static final class DropsOne implements Authorizer {
        private int left;
        private Runnable onDrop = () -> {};

        DropsOne(int left) {
            this.left = left;
        }

        /** What happens at that moment; thread {@code broker}. */
        void onDrop(Runnable action) {
            onDrop = action;
        }

        @Override
        public PublishVerdict onPublish(ClientInfo client, TopicName topic, Message message) {
            if (left-- != 0) {
                return PublishVerdict.ALLOW;
            }
            onDrop.run();
            return PublishVerdict.IGNORE;
        }

        @Override
        public List<SubscribeVerdict> onSubscribe(ClientInfo client, List<TopicFilter> filters) {
            return OPEN.onSubscribe(client, filters);
        }

        @Override
        public boolean onUnsubscribe(ClientInfo client, List<TopicFilter> filters) {
            return true;
        }
    }
}
