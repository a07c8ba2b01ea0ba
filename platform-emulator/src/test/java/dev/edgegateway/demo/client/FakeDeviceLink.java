package dev.edgegateway.demo.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A link in memory; the gateway at its other end acknowledges when told to. Not thread-safe. */
final class FakeDeviceLink implements DeviceLink {
    /** Every message that reached the gateway, repeats included. */
    final List<Long> arrived = new ArrayList<>();

    private final TreeSet<Long> taken = new TreeSet<>();
    private @Nullable Listener listener;
    private boolean reachable = true;
    private boolean acknowledging = true;
    int attempts;
    boolean closed;

    @Override
    public void connect(Listener connected) throws IOException {
        attempts++;
        if (!reachable) {
            throw new IOException("nobody there");
        }
        listener = connected;
        arrived.addAll(taken);
        if (acknowledging) {
            acknowledgeTaken();
        }
    }

    @Override
    public void publish(long sequence, byte[] payload) throws IOException {
        if (listener == null) {
            throw new IOException("no connection");
        }
        taken.add(sequence);
        arrived.add(sequence);
        if (acknowledging) {
            acknowledgeTaken();
        }
    }

    @Override
    public void close() {
        closed = true;
        listener = null;
    }

    void reachable(boolean whether) {
        reachable = whether;
    }

    /** From now on, and for what is waiting now. */
    void acknowledging(boolean whether) {
        acknowledging = whether;
        if (whether && listener != null) {
            acknowledgeTaken();
        }
    }

    /** Ends the connection. */
    void cut() {
        Listener told = listener;
        listener = null;
        if (told != null) {
            told.lost();
        }
    }

    /** Ends the connection before anybody is told of it. */
    void cutSilently() {
        listener = null;
    }

    void command(byte[] payload) {
        if (listener != null) {
            listener.command(payload);
        }
    }

    private void acknowledgeTaken() {
        while (!taken.isEmpty() && listener != null) {
            listener.acknowledged(taken.removeFirst());
        }
    }
}
