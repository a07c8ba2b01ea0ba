package dev.edgegateway.gateway.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts failed logins under a key, and says how long the next refusal is to wait. The first ones are free, since
 * everybody mistypes; then the wait doubles up to a cap. Failures are forgotten one by one. Any thread.
 */
final class FailureTable {
    /** Failures without a wait. */
    static final int FREE = 3;

    static final Duration FIRST_DELAY = Duration.ofMillis(500);
    static final Duration MAX_DELAY = Duration.ofSeconds(10);
    /** One failure is forgotten after each. */
    static final Duration FORGET_AFTER = Duration.ofSeconds(30);
    /** Attempts under one key that may be undecided at once, once there were too many failures: with the wait of each
     * this bounds how many secrets can be tried in an hour. */
    static final int MAX_UNDECIDED = 8;

    /** Counting further would only make forgetting take longer. */
    private static final int MAX_FAILURES = 12;

    private static final class Failures {
        private int failures;
        private int undecided;
        private long forgottenAtNanos;
    }

    private final Map<String, Failures> entries;

    /** @param maxKeys beyond it the key that was seen longest ago is forgotten. */
    FailureTable(int maxKeys) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
                return size() > maxKeys;
            }
        };
    }

    /** An attempt begins. @return false if it must not, because too many are undecided. */
    synchronized boolean enter(String key, long nowNanos) {
        Failures entry = entries.computeIfAbsent(key, _ -> new Failures());
        forget(entry, nowNanos);
        if (entry.failures > FREE && entry.undecided >= MAX_UNDECIDED) {
            return false;
        }
        entry.undecided++;
        return true;
    }

    /** An attempt failed; it stays undecided until {@link #leave}. @return how long its refusal is to wait. */
    synchronized Duration failed(String key, long nowNanos) {
        Failures entry = entries.computeIfAbsent(key, _ -> new Failures());
        forget(entry, nowNanos);
        if (entry.failures == 0) {
            entry.forgottenAtNanos = nowNanos;
        }
        entry.failures = Math.min(MAX_FAILURES, entry.failures + 1);
        if (entry.failures <= FREE) {
            return Duration.ZERO;
        }
        Duration delay = FIRST_DELAY.multipliedBy(1L << (entry.failures - FREE - 1));
        return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    }

    /** An attempt is answered. */
    synchronized void leave(String key) {
        Failures entry = entries.get(key);
        if (entry != null && entry.undecided > 0) {
            entry.undecided--;
            if (entry.undecided == 0 && entry.failures == 0) {
                entries.remove(key);
            }
        }
    }

    synchronized int size() {
        return entries.size();
    }

    private static void forget(Failures entry, long nowNanos) {
        long steps = (nowNanos - entry.forgottenAtNanos) / FORGET_AFTER.toNanos();
        if (entry.failures > 0 && steps > 0) {
            entry.failures = (int) Math.max(0, entry.failures - steps);
            entry.forgottenAtNanos += steps * FORGET_AFTER.toNanos();
        }
    }
}
