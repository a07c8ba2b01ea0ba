package dev.edgegateway.platform;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as the platform writes them: ISO 8601 with milliseconds and offset. */
final class Timestamps {
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.UTC);

    private Timestamps() {}

    static String of(Instant time) {
        return FORMAT.format(time);
    }
}
