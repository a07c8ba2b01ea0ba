package dev.edgegateway.sensor.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Small text files the kernel makes up while they are read. */
final class KernelFile {
    /** Enough for all of {@code meminfo}, and a bound for whatever else a path leads to. */
    private static final int MAX_BYTES = 16 * 1024;

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,9})?");

    private KernelFile() {}

    /** The text without surrounding blanks; absent if the file is missing or the kernel refuses, as sleeping parts do. */
    static Optional<String> text(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    static OptionalDouble decimal(String text) {
        return DECIMAL.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
    }
}
