package dev.edgegateway.gateway.time;

import dev.edgegateway.forward.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.tinylog.Logger;

/**
 * All clocks of the machine at once. Any thread.
 *
 * <p>The wall clock counts as synchronised once systemd-timesyncd says so; on a machine without it, once it shows a time
 * that is not before this program was built, which a board that starts in 1970 does not.
 */
public final class MachineClocks implements Stamp.Source {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path TIMESYNC = Path.of("/run/systemd/timesync");
    private static final long LOOK_AGAIN_NANOS = 1_000_000_000L;
    /** No earlier than this can the program be running: the year its first release was made. */
    private static final Instant FLOOR = Instant.parse("2026-01-01T00:00:00Z");

    private final long bootId = bootId();
    private final InstantSource wall;
    private volatile boolean synchronised;
    private volatile long lookedAt = System.nanoTime() - LOOK_AGAIN_NANOS;

    public MachineClocks(InstantSource wall) {
        this.wall = wall;
    }

    @Override
    public Stamp now() {
        long nanos = System.nanoTime();
        if (!synchronised && nanos - lookedAt >= LOOK_AGAIN_NANOS) {
            lookedAt = nanos;
            synchronised = look();
        }
        return new Stamp(bootId, nanos / 1_000_000, wall.millis(), synchronised);
    }

    private boolean look() {
        return Files.isDirectory(TIMESYNC)
                ? Files.exists(TIMESYNC.resolve("synchronized"))
                : wall.instant().isAfter(FLOOR);
    }

    /** System.nanoTime counts from the boot on Linux, so times of two runs of the process in one boot compare. */
    private static long bootId() {
        try {
            return UUID.fromString(Files.readString(BOOT_ID).strip()).getMostSignificantBits();
        } catch (IOException | IllegalArgumentException e) {
            Logger.warn(e, "{} cannot be read: ages of messages from before this start are unknown", BOOT_ID);
            return UUID.randomUUID().getMostSignificantBits();
        }
    }
}
