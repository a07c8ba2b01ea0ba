package dev.edgegateway.sensor.bus;

/**
 * How a serial line is opened; never with flow control.
 *
 * @param path the device, absolute; a symbolic link, as in {@code /dev/serial/by-id}, is followed at each opening.
 * @param baud bits per second, {@value #MIN_BAUD} to {@value #MAX_BAUD}.
 * @param dataBits 5 to 8.
 * @param stopBits 1 or 2.
 */
public record SerialSettings(String path, int baud, int dataBits, Parity parity, int stopBits) {
    /** B50, the slowest speed {@code termios} names besides hanging up. */
    public static final int MIN_BAUD = 50;

    /** B4000000, the fastest speed Linux has a name for. */
    public static final int MAX_BAUD = 4_000_000;

    /** The bit that makes the sum of a character odd or even, or none. */
    public enum Parity {
        NONE,
        ODD,
        EVEN
    }

    /** @throws IllegalArgumentException naming the value that is out of range. */
    public SerialSettings {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("port: must be the full path of a device, such as /dev/serial/by-id/...,"
                    + " not \"" + path + "\"");
        }
        requireRange("baud", baud, MIN_BAUD, MAX_BAUD);
        requireRange("data_bits", dataBits, 5, 8);
        requireRange("stop_bits", stopBits, 1, 2);
    }

    /** 8N1, as nearly every device speaks. */
    public static SerialSettings of(String path, int baud) {
        return new SerialSettings(path, baud, 8, Parity.NONE, 1);
    }

    private static void requireRange(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + ": must be " + least + " to " + most + ", not " + value);
        }
    }
}
