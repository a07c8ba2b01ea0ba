package dev.edgegateway.forward;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A platform that is cut off, refuses, falls silent and recovers by method call. */
public final class FakePlatformLink implements PlatformLink {
    private final List<OutboundMessage> received = new ArrayList<>();
    private final Deque<OutboundMessage> unacknowledged = new ArrayDeque<>();
    private final Deque<PlatformException> failures = new ArrayDeque<>();
    private Predicate<OutboundMessage> unsendable = message -> false;
    private boolean holdsAcks;
    private boolean away;
    private boolean connectHangs;
    private boolean abandoned;
    private int connects;
    private int attempts;
    private int goodbyes;
    private boolean closed;
    private @Nullable Listener listener;

    @Override
    public synchronized void connect(Listener forConnection) throws PlatformException, InterruptedException {
        attempts++;
        abandoned = false;
        unacknowledged.clear();
        listener = null;
        notifyAll();
        while (connectHangs && !abandoned) {
            wait();
        }
        if (abandoned || closed) {
            throw new PlatformException("abandoned", null);
        }
        PlatformException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (away) {
            throw new PlatformException("nobody there", null);
        }
        connects++;
        listener = forConnection;
    }

    @Override
    public synchronized void publish(OutboundMessage message) throws PlatformException {
        Listener connection = listener;
        if (connection == null) {
            throw new PlatformException("not connected", null);
        }
        if (unsendable.test(message)) {
            throw new UnsendableException("its topic is forbidden", null);
        }
        received.add(message);
        if (holdsAcks) {
            unacknowledged.add(message);
        } else {
            connection.acknowledged(message.id());
        }
    }

    @Override
    public synchronized void close() {
        if (listener != null) {
            goodbyes++;
        }
        closed = true;
        listener = null;
    }

    @Override
    public synchronized void abandon() {
        abandoned = true;
        listener = null;
        notifyAll();
    }

    /** The connection breaks; the next attempt succeeds unless something else is said. */
    public synchronized void sever() {
        Listener connection = listener;
        listener = null;
        unacknowledged.clear();
        if (connection != null) {
            connection.lost(new java.io.IOException("cable cut"));
        }
    }

    public synchronized void goAway() {
        away = true;
        sever();
    }

    public synchronized void comeBack() {
        away = false;
    }

    public synchronized void failNext(PlatformException failure) {
        failures.add(failure);
    }

    public synchronized void hangInConnect(boolean hangs) {
        connectHangs = hangs;
        notifyAll();
    }

    public synchronized void unsendable(Predicate<OutboundMessage> which) {
        unsendable = which;
    }

    public synchronized void holdAcks() {
        holdsAcks = true;
    }

    /** Acknowledges the oldest of those held. */
    public synchronized void releaseAcks(int count) {
        Listener connection = listener;
        for (int i = 0; i < count && !unacknowledged.isEmpty() && connection != null; i++) {
            connection.acknowledged(unacknowledged.removeFirst().id());
        }
    }

    public synchronized void releaseAllAcks() {
        holdsAcks = false;
        releaseAcks(Integer.MAX_VALUE);
    }

    /** The present connection's listener, to say things at the wrong time. */
    public synchronized @Nullable Listener listener() {
        return listener;
    }

    public synchronized List<OutboundMessage> received() {
        return List.copyOf(received);
    }

    public synchronized List<Long> receivedIds() {
        return received.stream().map(OutboundMessage::id).toList();
    }

    public synchronized void forgetReceived() {
        received.clear();
    }

    public synchronized int held() {
        return unacknowledged.size();
    }

    public synchronized int connects() {
        return connects;
    }

    public synchronized int attempts() {
        return attempts;
    }

    public synchronized int goodbyes() {
        return goodbyes;
    }
}
