package dev.edgegateway.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The machine that figures are of, and who else uses it. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path STAT = Path.of("/proc/stat");
    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    /** USER_HZ; proc(5). */
    private static final long TICKS_PER_SECOND = 100;
    /** Columns of the first line of stat that are not work: idle and iowait, and guest time, which user time holds. */
    private static final int IDLE = 4;

    private static final int IOWAIT = 5;
    private static final int LAST_OF_WORK = 8;

    private Machine() {}

    /** CPU model, cores, memory, kernel, Java and how busy it is now, in one line. */
    public static String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %d cores, %s of memory, Linux %s, Java %s; load average at the start %s",
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.version"),
                System.getProperty("java.vm.version"),
                read(LOAD).split(" ")[0]);
    }

    private static String cpuModel() {
        for (String line : read(CPU_INFO).split("\n")) {
            // Boards say "Model" for the board itself, which tells more than their CPU's number.
            if (line.startsWith("model name") || line.startsWith("Model")) {
                return line.substring(line.indexOf(':') + 1).strip();
            }
        }
        return System.getProperty("os.arch");
    }

    private static String memory() {
        for (String line : read(MEMORY).split("\n")) {
            if (line.startsWith("MemTotal:")) {
                long kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
                return kilobytes / 1024 + " MB";
            }
        }
        return "an unknown amount";
    }

    /** CPU time that all processes together have used since boot, time taken by the hypervisor included. */
    public static long busyNanos() {
        String[] columns = read(STAT).split("\n", 2)[0].split(" +");
        long ticks = 0;
        for (int i = 1; i <= LAST_OF_WORK && i < columns.length; i++) {
            if (i != IDLE && i != IOWAIT) {
                ticks += Long.parseLong(columns[i]);
            }
        }
        return ticks * (TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
