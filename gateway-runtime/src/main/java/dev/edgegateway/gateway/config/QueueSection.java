package dev.edgegateway.gateway.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code [queue]}. */
final class QueueSection {
    private static final Map<String, QueueConfig.WhenFull> POLICIES = new LinkedHashMap<>();

    static {
        POLICIES.put("drop_oldest", QueueConfig.WhenFull.DROP_OLDEST);
        POLICIES.put("reject", QueueConfig.WhenFull.REJECT);
    }

    private static final Key<Long> MAX_BYTES = Key.withDefault(
            "max_bytes",
            Kinds.size("1MB", "16TB"),
            512L << 20,
            "How much may wait for the platform: topics and payloads, and 64 bytes for each message.");
    private static final Key<Duration> MAX_AGE = Key.withDefault(
            "max_age",
            Kinds.duration("1m", "3650d"),
            Duration.ofDays(30),
            "A message that has waited longer is dropped and counted.");
    private static final Key<QueueConfig.WhenFull> WHEN_FULL = Key.withDefault(
            "when_full",
            Kinds.word(POLICIES),
            QueueConfig.WhenFull.DROP_OLDEST,
            "What gives way when the queue is full: `drop_oldest` drops the oldest messages and counts them, `reject`"
                    + " takes no new ones, so that their publishers get no acknowledgement.");
    private static final Key<Duration> COMMIT_INTERVAL = Key.withDefault(
            "commit_interval",
            Kinds.duration("0s", "5s"),
            Duration.ofSeconds(1),
            "How long a message that nobody waits for (QoS 0, sensors) may wait for company on its way to disk. What is"
                    + " acknowledged is always on disk before.");

    static final Section SECTION = new Section(
            "queue",
            false,
            "What the platform does not have yet, on disk.",
            List.of(MAX_BYTES, MAX_AGE, WHEN_FULL, COMMIT_INTERVAL));

    private QueueSection() {}

    static QueueConfig read(TableReader table) {
        table.refuseOthers(SECTION.keys());
        return new QueueConfig(
                table.get(MAX_BYTES), table.get(MAX_AGE), table.get(WHEN_FULL), table.get(COMMIT_INTERVAL));
    }
}
