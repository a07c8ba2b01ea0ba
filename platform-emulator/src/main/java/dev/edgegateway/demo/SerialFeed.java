package dev.edgegateway.demo;

import dev.edgegateway.sensor.bus.linux.PseudoTerminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The device at the far end of the serial line: a mast that says, once a second, where it is (NMEA 0183) and what it
 * measures ({@code key=value}), at the pace of 9600 baud.
 */
final class SerialFeed implements AutoCloseable {
    /** 9600 baud with one start and one stop bit: 960 characters a second. */
    private static final long NANOS_PER_CHARACTER = 1_000_000_000L / 960;

    private static final int CHUNK = 16;

    private final PseudoTerminal line = PseudoTerminal.open();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Random random;
    private final Thread thread;
    private volatile long rounds;

    SerialFeed(long seed) {
        random = new Random(seed);
        thread = Thread.ofPlatform().daemon().name("serial-feed").start(this::feed);
    }

    /** The other end, for the gateway. */
    Path port() {
        return line.path();
    }

    /** How often it has said all it says. */
    long rounds() {
        return rounds;
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        line.close();
    }

    private void feed() {
        try {
            for (int second = 0; !closing.await(1, TimeUnit.SECONDS); second++) {
                say(sentence(String.format(
                        Locale.ROOT,
                        "GPRMC,%02d%02d%02d.00,A,4717.11%d,N,00833.91%d,E,0.004,77.52,201126,,,A",
                        second / 3600 % 24,
                        second / 60 % 60,
                        second % 60,
                        random.nextInt(10),
                        random.nextInt(10))));
                say(String.format(
                        Locale.ROOT,
                        "temp=%.1f hum=%.0f count=%d\r\n",
                        21 + random.nextGaussian(),
                        45 + 3 * random.nextGaussian(),
                        second + 1));
                rounds = second + 1L;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** With its checksum: all between $ and * in exclusive or. */
    static String sentence(String body) {
        int checksum = body.chars().reduce(0, (sum, c) -> sum ^ c);
        return String.format(Locale.ROOT, "$%s*%02X\r\n", body, checksum);
    }

    private void say(String text) throws InterruptedException {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (int from = 0; from < bytes.length; from += CHUNK) {
            byte[] chunk = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + CHUNK));
            line.write(chunk);
            if (closing.await(chunk.length * NANOS_PER_CHARACTER, TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }
}
