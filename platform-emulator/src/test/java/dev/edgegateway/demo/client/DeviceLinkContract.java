package dev.edgegateway.demo.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link DeviceLink} keeps. */
abstract class DeviceLinkContract {
    final List<Long> acknowledged = new CopyOnWriteArrayList<>();
    final AtomicInteger losses = new AtomicInteger();
    final List<String> commands = new CopyOnWriteArrayList<>();

    final DeviceLink.Listener listener = new DeviceLink.Listener() {
        @Override
        public void acknowledged(long sequence) {
            acknowledged.add(sequence);
        }

        @Override
        public void lost() {
            losses.incrementAndGet();
        }

        @Override
        public void command(byte[] payload) {
            commands.add(new String(payload, StandardCharsets.UTF_8));
        }
    };

    abstract DeviceLink link();

    /** The sequence numbers that reached the gateway, repeats included. */
    abstract List<Long> arrived();

    abstract void gatewayAcknowledges(boolean whether);

    abstract void cut();

    /** Sends a command from the gateway's side. */
    abstract void command(String text);

    @Test
    void publishedMessagesArriveInOrderAndAreAcknowledged() throws IOException {
        link().connect(listener);
        publish(1, 2, 3);

        await().untilAsserted(() -> assertEquals(List.of(1L, 2L, 3L), acknowledged));
        assertEquals(List.of(1L, 2L, 3L), arrived());
    }

    @Test
    void whatIsUnacknowledgedAtALossIsSentAgainInOrderBeforeAnythingNew() throws IOException {
        gatewayAcknowledges(false);
        link().connect(listener);
        publish(1, 2, 3, 4, 5);
        await().untilAsserted(() -> assertTrue(arrived().contains(5L)));
        cut();
        await().untilAsserted(() -> assertEquals(1, losses.get()));
        assertEquals(List.of(), acknowledged);

        gatewayAcknowledges(true);
        connectAgain();
        publish(6, 7);
        await().untilAsserted(() -> assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), acknowledged));
        assertEquals(
                List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L),
                arrived().stream().distinct().toList());
    }

    @Test
    void eachMessageIsAcknowledgedOnceHoweverOftenTheConnectionIsLost() throws IOException {
        gatewayAcknowledges(false);
        link().connect(listener);
        for (int round = 0; round < 5; round++) {
            publish(2L * round + 1, 2L * round + 2);
            long last = 2L * round + 2;
            await().untilAsserted(() -> assertTrue(arrived().contains(last)));
            int before = losses.get();
            cut();
            await().untilAsserted(() -> assertEquals(before + 1, losses.get()));
            connectAgain();
        }
        gatewayAcknowledges(true);
        await().untilAsserted(() -> assertEquals(10, acknowledged.size()));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), acknowledged);
    }

    @Test
    void withoutAConnectionNothingIsTaken() throws IOException {
        assertThrows(IOException.class, () -> publish(1));
        link().connect(listener);
        cut();
        await().untilAsserted(() -> assertEquals(1, losses.get()));
        assertThrows(IOException.class, () -> publish(1));

        connectAgain();
        publish(2);
        await().untilAsserted(() -> assertEquals(List.of(2L), acknowledged));
        assertEquals(List.of(2L), arrived());
    }

    @Test
    void commandsReachTheListener() throws IOException {
        link().connect(listener);
        command("open");
        await().untilAsserted(() -> assertEquals(List.of("open"), commands));
    }

    @Test
    void closingIsIdempotent() throws IOException {
        link().connect(listener);
        link().close();
        link().close();
        assertThrows(IOException.class, () -> publish(1));
    }

    private void publish(long... sequences) throws IOException {
        for (long sequence : sequences) {
            link().publish(sequence, Long.toString(sequence).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private void connectAgain() {
        await().ignoreExceptions().until(() -> {
            link().connect(listener);
            return true;
        });
    }
}
