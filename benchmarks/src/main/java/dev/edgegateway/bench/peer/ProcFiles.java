package dev.edgegateway.bench.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the kernel says of a process, from proc(5). */
public final class ProcFiles {
    /** USER_HZ, in which the kernel reports times: 100 on every architecture a gateway runs on. */
    private static final long TICKS_PER_SECOND = 100;
    /** Fields of stat behind the closing bracket of the command: utime is the 14th field, stime the 15th. */
    private static final int UTIME = 11;

    private ProcFiles() {}

    /** CPU time of all threads so far, in steps of 10 ms. */
    public static long cpuNanos(long pid) {
        String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[UTIME]) + Long.parseLong(fields[UTIME + 1]);
        return ticks * (TimeUnit.SECONDS.toNanos(1) / TICKS_PER_SECOND);
    }

    /** What the process has in memory now. */
    public static Memory memory(long pid) {
        List<String> status = lines(Path.of("/proc", Long.toString(pid), "status"));
        List<String> rollup = lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"));
        return new Memory(
                kilobytes(status, "VmRSS:"),
                kilobytes(rollup, "Pss:"),
                kilobytes(rollup, "Pss_Anon:"),
                kilobytes(rollup, "Pss_File:") + kilobytes(rollup, "Pss_Shmem:"));
    }

    private static long kilobytes(List<String> lines, String name) {
        for (String line : lines) {
            if (line.startsWith(name)) {
                return Long.parseLong(
                        line.substring(name.length()).replace("kB", "").strip());
            }
        }
        throw new IllegalStateException("the kernel does not say " + name);
    }

    private static List<String> lines(Path file) {
        return read(file).lines().toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the process under test is gone, or the kernel hides it: " + file, e);
        }
    }
}
