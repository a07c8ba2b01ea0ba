package dev.edgegateway.broker.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.broker.TopicName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InflightWindowTest {
    private static final Message MESSAGE = new Message(new TopicName("t"), new byte[0], Qos.AT_LEAST_ONCE, false);

    private static Delivery delivery(long sequence) {
        return new Delivery(sequence, MESSAGE, Qos.AT_LEAST_ONCE, false, 0, new int[0], null);
    }

    @Test
    void packetIdsRunFromOneTo65535AndStartAnew() {
        assertEquals(1, Delivery.packetId(1));
        assertEquals(65535, Delivery.packetId(65535));
        assertEquals(1, Delivery.packetId(65536));
        assertEquals(2, Delivery.packetId(65535L * 1000 + 2));
    }

    @Test
    void findsByPacketIdWhatAMapWouldFindOverTheWrapAround() {
        Random random = new Random(3);
        InflightWindow window = new InflightWindow(100);
        TreeMap<Long, Delivery> model = new TreeMap<>();
        long next = 65_400;
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(100) < 55) {
                next += random.nextInt(20) == 0 ? 1 + random.nextInt(3) : 1;
                if (window.hasRoomFor(next)) {
                    Delivery delivery = delivery(next);
                    window.add(delivery);
                    model.put(next, delivery);
                } else {
                    next--;
                }
            } else if (!model.isEmpty()) {
                List<Long> keys = new ArrayList<>(model.keySet());
                long key = keys.get(random.nextInt(4) == 0 ? random.nextInt(keys.size()) : 0);
                Delivery found = window.find(Delivery.packetId(key));
                assertSame(model.get(key), found);
                window.remove(Objects.requireNonNull(model.remove(key)));
                assertNull(window.find(Delivery.packetId(key)));
            }
            assertEquals(model.size(), window.size());
        }
        List<Long> order = new ArrayList<>();
        for (Delivery d = window.after(0); d != null; d = window.after(d.sequence)) {
            order.add(d.sequence);
        }
        assertEquals(List.copyOf(model.keySet()), order);
    }

    @Test
    void aWindowOfOneHoldsOne() {
        InflightWindow window = new InflightWindow(1);
        window.add(delivery(5));
        assertFalse(window.hasRoomFor(6));
    }
}
