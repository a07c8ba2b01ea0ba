package dev.edgegateway.sensor.bus.linux;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A serial line without hardware: what is written here is read from {@link #path()}, and the other way round. The line
 * is raw, so bytes pass unchanged and nothing is echoed. Like a real line it does not know whether anybody listens;
 * unlike one it has no speed, so a baud rate set on the path changes nothing.
 *
 * <p>The kernel keeps about 4 KiB that nobody has read yet, also across readers that come and go; those who open the
 * path later read it, unless they flush. Closing hangs up: whoever has the path open sees the end of the line, and the
 * path is gone.
 *
 * <p>Any thread; one may read while another writes. Works on Linux, and needs {@code --enable-native-access}.
 */
public final class PseudoTerminal implements AutoCloseable {
    /** How long {@link #read} and {@link #write} wait for the other side at most. */
    public static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long {@link #close} waits at most for a call that is under way. */
    private static final int SLICE_MILLIS = 20;

    private final int master;

    /** Kept open so that a reader who leaves does not end the line for this side. */
    private final int slave;

    private final Path path;
    private final ReentrantReadWriteLock descriptors = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private boolean freed;

    private PseudoTerminal(int master, int slave, Path path) {
        this.master = master;
        this.slave = slave;
        this.path = path;
    }

    /** @throws java.io.UncheckedIOException if the system gives no pseudo-terminal. */
    public static PseudoTerminal open() {
        int master = Libc.openMaster(Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        int slave = -1;
        try {
            String name = Libc.slaveName(master);
            slave = Libc.open(name, Libc.O_RDWR | Libc.O_NOCTTY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
            Libc.makeRaw(slave);
            return new PseudoTerminal(master, slave, Path.of(name));
        } catch (RuntimeException failure) {
            if (slave >= 0) {
                Libc.close(slave);
            }
            Libc.close(master);
            throw failure;
        }
    }

    /** The device others open as their serial port, {@code /dev/pts/N}. */
    public Path path() {
        return path;
    }

    /**
     * Sends bytes to whoever has the path open, now or later.
     *
     * @return how many of them the line took: fewer than given if it was full and nobody read for {@link #PATIENCE};
     *     the rest is lost, as on a wire.
     * @throws IllegalStateException if closed, also meanwhile.
     */
    public int write(byte[] bytes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int written = 0;
        while (written < bytes.length) {
            int count = writeSlice(bytes, written);
            if (count > 0) {
                written += count;
                deadline = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - deadline >= 0) {
                break;
            }
        }
        return written;
    }

    /**
     * Receives what the other side has written, waiting at most {@link #PATIENCE} for the first byte.
     *
     * @return how many bytes were put into the array from its start; 0 if none came.
     * @throws IllegalStateException if closed, also meanwhile.
     */
    public int read(byte[] into) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int count;
        do {
            count = readSlice(into);
        } while (count == 0 && into.length > 0 && System.nanoTime() - deadline < 0);
        return count;
    }

    /** Hangs up. Idempotent; waits a moment for a read or write under way. */
    @Override
    public void close() {
        closed = true;
        descriptors.writeLock().lock();
        try {
            if (!freed) {
                freed = true;
                Libc.close(slave);
                Libc.close(master);
            }
        } finally {
            descriptors.writeLock().unlock();
        }
    }

    private int writeSlice(byte[] bytes, int offset) {
        descriptors.readLock().lock();
        try {
            requireOpen();
            return Libc.poll(master, Libc.POLLOUT, SLICE_MILLIS) ? Libc.write(master, bytes, offset) : 0;
        } finally {
            descriptors.readLock().unlock();
        }
    }

    private int readSlice(byte[] into) {
        descriptors.readLock().lock();
        try {
            requireOpen();
            return Libc.poll(master, Libc.POLLIN, SLICE_MILLIS) ? Libc.read(master, into) : 0;
        } finally {
            descriptors.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(path + " is closed");
        }
    }
}
