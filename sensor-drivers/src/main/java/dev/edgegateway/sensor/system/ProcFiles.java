package dev.edgegateway.sensor.system;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /proc} says of the machine, as proc(5) describes it. */
record ProcFiles(Path directory) {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal:\\s+([0-9]{1,12}) kB$");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+([0-9]{1,12}) kB$");
    private static final int BYTES_PER_KB = 1024;

    /**
     * @param total in bytes, more than 0.
     * @param available in bytes: what programs could still get without swapping.
     */
    record Memory(double total, double available) {
        double usedRatio() {
            return 1 - available / total;
        }
    }

    /** The mean number of tasks running or waiting; 0, 1, 2 for the last 1, 5, 15 minutes. */
    OptionalDouble load(int index) {
        return word("loadavg", index);
    }

    /** Seconds since the kernel started. */
    OptionalDouble uptime() {
        return word("uptime", 0);
    }

    Optional<Memory> memory() {
        return KernelFile.text(directory.resolve("meminfo")).flatMap(text -> {
            Matcher total = TOTAL.matcher(text);
            Matcher available = AVAILABLE.matcher(text);
            if (!total.find() || !available.find()) {
                return Optional.empty();
            }
            double totalBytes = Double.parseDouble(total.group(1)) * BYTES_PER_KB;
            double availableBytes = Double.parseDouble(available.group(1)) * BYTES_PER_KB;
            return totalBytes > 0 && availableBytes <= totalBytes
                    ? Optional.of(new Memory(totalBytes, availableBytes))
                    : Optional.empty();
        });
    }

    private OptionalDouble word(String file, int index) {
        String[] words = BLANKS.split(KernelFile.text(directory.resolve(file)).orElse(""));
        return index < words.length ? KernelFile.decimal(words[index]) : OptionalDouble.empty();
    }
}
