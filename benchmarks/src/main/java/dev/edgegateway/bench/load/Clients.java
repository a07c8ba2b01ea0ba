package dev.edgegateway.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/** All clients of one run, connected and subscribed, on one selector. */
final class Clients implements AutoCloseable {
    private final Selector selector;
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Subscriber> subscribers = new ArrayList<>();

    private Clients(Selector selector) {
        this.selector = selector;
    }

    /** Connects everyone; nothing has been published when this returns. */
    static Clients open(InetSocketAddress broker, Shape shape, Subscriber.Listener listener) throws IOException {
        Clients clients = new Clients(Selector.open());
        try {
            for (int i = 0; i < shape.subscribers(); i++) {
                Wire wire = Wire.connect(broker, "bench-sub-" + i);
                Subscriber subscriber = new Subscriber(wire, shape.publishers(), listener);
                clients.subscribers.add(subscriber);
                wire.subscribe(Publisher.everyTopic(), shape.qos());
                wire.register(clients.selector, subscriber);
            }
            for (int i = 0; i < shape.publishers(); i++) {
                Wire wire = Wire.connect(broker, "bench-pub-" + i);
                Publisher publisher = new Publisher(wire, i, shape);
                clients.publishers.add(publisher);
                wire.register(clients.selector, publisher);
            }
            return clients;
        } catch (IOException failure) {
            clients.close();
            throw failure;
        }
    }

    List<Publisher> publishers() {
        return publishers;
    }

    /** Serves whoever the selector names, waiting for that up to a time; 0 does not wait. */
    void serve(long waitMillis) throws IOException {
        try {
            if (waitMillis == 0) {
                selector.selectNow(Clients::serve);
            } else {
                selector.select(Clients::serve, waitMillis);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void serve(SelectionKey key) {
        try {
            ((Client) key.attachment()).ready();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far the slowest subscriber is with a publisher. */
    long through(int publisher) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < subscribers.size(); i++) {
            least = Math.min(least, subscribers.get(i).arrivals().through(publisher));
        }
        return least;
    }

    /** Messages sent, by all publishers. */
    long sent() {
        long sum = 0;
        for (Publisher publisher : publishers) {
            sum += publisher.sent();
        }
        return sum;
    }

    /** Messages that came, at all subscribers. */
    long received() {
        long sum = 0;
        for (Subscriber subscriber : subscribers) {
            sum += subscriber.arrivals().count();
        }
        return sum;
    }

    /** Whether every subscriber has everything and every publisher its acknowledgements. */
    boolean isSettled() {
        for (int i = 0; i < publishers.size(); i++) {
            if (!publishers.get(i).isSettled() || through(i) < publishers.get(i).sent()) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with what came. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        long due = sent() * subscribers.size();
        if (received() != due) {
            problems.add("received " + received() + " of " + due + " messages");
        }
        long missing =
                subscribers.stream().mapToLong(s -> s.arrivals().missing()).sum();
        if (missing > 0) {
            problems.add(missing + " messages missing in between");
        }
        long outOfTurn =
                subscribers.stream().mapToLong(s -> s.arrivals().outOfTurn()).sum();
        if (outOfTurn > 0) {
            problems.add(outOfTurn + " messages repeated or out of order");
        }
        return problems;
    }

    @Override
    public void close() {
        List<Client> all = new ArrayList<>(publishers);
        all.addAll(subscribers);
        try (selector) {
            for (Client client : all) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
