package dev.edgegateway.forward;

/** What became of a message offered to the queue. */
public sealed interface AppendResult {
    /**
     * Taken; safe once the commit is on disk.
     *
     * @param commit the number of the commit that covers it; numbers never fall from call to call.
     */
    record Stored(long id, long commit) implements AppendResult {}

    /** Can never be taken. */
    record TooLarge(int bytes, int limitBytes) implements AppendResult {}

    /** Not taken now: the queue is full and its policy is to reject, or the disk is. */
    record Full(String why) implements AppendResult {}
}
