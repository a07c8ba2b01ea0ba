package dev.edgegateway.bench.peer;

/**
 * Resident memory of a process, in kilobytes of 1024 bytes.
 *
 * @param rss all resident pages.
 * @param pss the same, with pages that several processes have mapped counted by their share.
 * @param pssAnonymous the part of {@code pss} that is no file: heap, stacks, what was allocated.
 * @param pssFile the part of {@code pss} that is files and shared memory: programs, libraries, class data.
 */
public record Memory(long rss, long pss, long pssAnonymous, long pssFile) {}
