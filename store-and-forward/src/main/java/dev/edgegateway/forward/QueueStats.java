package dev.edgegateway.forward;

/**
 * What the queue holds and has done since the store was made; totals survive restarts.
 *
 * @param depth messages stored.
 * @param bytes by {@link OutboundMessage#size()}.
 * @param oldestAgeMillis age of the oldest message, 0 if there is none, -1 if its clock cannot be compared with ours.
 * @param appended messages ever taken.
 * @param removed messages ever acknowledged by the platform.
 * @param dropped messages ever dropped for want of room or for age.
 */
public record QueueStats(long depth, long bytes, long oldestAgeMillis, long appended, long removed, long dropped) {}
