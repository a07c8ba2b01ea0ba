package dev.edgegateway.gateway.store;

/**
 * Counters of the store since it was opened.
 *
 * @param commits group commits, each followed by one sync.
 * @param bytesWritten handed to the file system by commits and compaction.
 * @param fileBytes size of the file.
 * @param lastSyncMillis how long the last commit and sync took.
 */
public record StoreStats(long commits, long bytesWritten, long fileBytes, double lastSyncMillis) {}
