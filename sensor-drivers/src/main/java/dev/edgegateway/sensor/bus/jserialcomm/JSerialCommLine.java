package dev.edgegateway.sensor.bus.jserialcomm;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import dev.edgegateway.sensor.SensorException;
import dev.edgegateway.sensor.bus.SerialLine;
import dev.edgegateway.sensor.bus.SerialSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A serial port of this machine. Reads and writes block in native code, so never on a virtual thread. */
public final class JSerialCommLine implements SerialLine {
    /** The kernel waits in tenths of a second (VTIME of {@code termios}). */
    private static final int TIMEOUT_STEP_MILLIS = 100;

    /** {@code errno} values of Linux an operator can do something about. */
    private static final int EACCES = 13;

    private static final int EAGAIN = 11;
    private static final int EBUSY = 16;
    private static final int ENOTTY = 25;

    /** The devices this process has open: the library refuses a second opening too, but with a misleading error. */
    private static final Set<String> CLAIMED = ConcurrentHashMap.newKeySet();

    private final SerialSettings settings;
    private final SerialPort port;
    private int timeoutMillis = TIMEOUT_STEP_MILLIS;
    private boolean closed;

    private JSerialCommLine(SerialSettings settings, SerialPort port) {
        this.settings = settings;
        this.port = port;
    }

    /** As {@link SerialLine.Opener#open} says. */
    public static SerialLine open(SerialSettings settings) {
        NativeLibrary.load();
        SerialPort port = find(settings.path());
        if (!CLAIMED.add(port.getSystemPortPath())) {
            throw new SensorException(settings.path() + ": taken by another sensor of this gateway");
        }
        try {
            configure(port, settings);
            if (!port.openPort(0)) {
                throw new SensorException(settings.path() + ": " + refusal(port.getLastErrorCode()));
            }
            return new JSerialCommLine(settings, port);
        } catch (RuntimeException failure) {
            CLAIMED.remove(port.getSystemPortPath());
            throw failure;
        }
    }

    @Override
    public int read(byte[] into, Duration timeout) {
        requireOpen();
        waitAtMost(timeout);
        int count = port.readBytes(into, into.length);
        if (count < 0) {
            throw hungUp();
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) {
        requireOpen();
        int written = 0;
        while (written < bytes.length) {
            // A blocking write takes at least one byte, unless nobody is there to take it.
            int count = port.writeBytes(bytes, bytes.length - written, written);
            if (count <= 0) {
                throw hungUp();
            }
            written += count;
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            // Answers false after a hang-up, and has freed the descriptor all the same.
            port.closePort();
            CLAIMED.remove(port.getSystemPortPath());
        }
    }

    private static SerialPort find(String path) {
        try {
            // Links are followed here, as the library follows only those inside /dev.
            return SerialPort.getCommPort(Path.of(path).toRealPath().toString());
        } catch (IOException | SerialPortInvalidPortException missing) {
            throw new SensorException(path + ": there is no such device", missing);
        }
    }

    private static void configure(SerialPort port, SerialSettings settings) {
        port.setComPortParameters(
                settings.baud(),
                settings.dataBits(),
                settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
                switch (settings.parity()) {
                    case NONE -> SerialPort.NO_PARITY;
                    case ODD -> SerialPort.ODD_PARITY;
                    case EVEN -> SerialPort.EVEN_PARITY;
                });
        port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, TIMEOUT_STEP_MILLIS, 0);
    }

    private static String refusal(int errno) {
        return switch (errno) {
            case EACCES -> "not allowed; is this user in the group that owns the device (dialout)?";
            case EAGAIN, EBUSY -> "taken by another program";
            case ENOTTY -> "is no serial port";
            default -> "cannot be opened as a serial port (errno " + errno + ")";
        };
    }

    private void waitAtMost(Duration timeout) {
        if (!timeout.isPositive() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException(
                    "a read waits for more than nothing and at most " + MAX_TIMEOUT + ": " + timeout);
        }
        int millis = (int) ((timeout.toMillis() + TIMEOUT_STEP_MILLIS - 1) / TIMEOUT_STEP_MILLIS) * TIMEOUT_STEP_MILLIS;
        millis = Math.max(TIMEOUT_STEP_MILLIS, millis);
        if (millis != timeoutMillis) {
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
            timeoutMillis = millis;
        }
    }

    private SensorException hungUp() {
        return new SensorException(settings.path() + ": has hung up (unplugged?)");
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(settings.path() + " is closed");
        }
    }
}
