package dev.edgegateway.sensor.bus;

import dev.edgegateway.sensor.SensorException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A device on a serial port, and the port: says what the test tells it to, and breaks on command. Time only passes for
 * those who wait for bytes that do not come. Not thread-safe.
 */
public final class FakeSerialPort implements SerialLine.Opener {
    private final String path;
    private final Consumer<Duration> waited;
    private final Deque<byte[]> said = new ArrayDeque<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();

    private boolean plugged = true;
    private @Nullable String refusal;
    private @Nullable FakeSerialLine open;
    private @Nullable SerialSettings lastSettings;
    private int openings;
    private int attempts;

    /** @param waited is told how long a read has waited in vain. */
    public FakeSerialPort(String path, Consumer<Duration> waited) {
        this.path = path;
        this.waited = waited;
    }

    /** Each call arrives as one piece. */
    public void say(byte[] bytes) {
        said.add(bytes.clone());
    }

    /** A recorded trace: its pieces arrive one read after the other, an empty one is silence for one read. */
    public void say(byte[]... pieces) {
        said.addAll(Arrays.asList(pieces));
    }

    /** What was written to the device so far. */
    public byte[] heard() {
        return heard.toByteArray();
    }

    /** Takes the device away; what it has said and nobody read is lost. */
    public void unplug() {
        plugged = false;
        said.clear();
    }

    public void replug() {
        plugged = true;
        refusal = null;
    }

    /** Lets openings fail though the device is there. */
    public void refuse(String why) {
        refusal = why;
    }

    /** How many times it was opened with success. */
    public int openings() {
        return openings;
    }

    /** How many times somebody tried. */
    public int attempts() {
        return attempts;
    }

    public boolean isOpen() {
        return open != null;
    }

    public SerialSettings lastSettings() {
        if (lastSettings == null) {
            throw new IllegalStateException("never opened");
        }
        return lastSettings;
    }

    @Override
    public SerialLine open(SerialSettings settings) {
        attempts++;
        if (!plugged || !settings.path().equals(path)) {
            throw new SensorException(settings.path() + ": there is no such device");
        }
        if (refusal != null) {
            throw new SensorException(settings.path() + ": " + refusal);
        }
        if (open != null) {
            throw new SensorException(settings.path() + ": taken by another program");
        }
        openings++;
        lastSettings = settings;
        open = new FakeSerialLine();
        return open;
    }

    private final class FakeSerialLine implements SerialLine {
        private boolean hungUp;
        private boolean closed;

        @Override
        public int read(byte[] into, Duration timeout) {
            if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("time-out: " + timeout);
            }
            requireUsable();
            byte[] piece = said.poll();
            if (piece == null || piece.length == 0) {
                waited.accept(timeout);
                return 0;
            }
            int count = Math.min(piece.length, into.length);
            System.arraycopy(piece, 0, into, 0, count);
            if (count < piece.length) {
                said.addFirst(Arrays.copyOfRange(piece, count, piece.length));
            }
            return count;
        }

        @Override
        public void write(byte[] bytes) {
            requireUsable();
            heard.writeBytes(bytes);
        }

        @Override
        public void close() {
            closed = true;
            if (open == this) {
                open = null;
            }
        }

        private void requireUsable() {
            if (closed) {
                throw new IllegalStateException(path + " is closed");
            }
            // A line that has hung up stays so, though the device may be back.
            hungUp |= !plugged;
            if (hungUp) {
                throw new SensorException(path + ": has hung up");
            }
        }
    }
}
