package dev.edgegateway.gateway.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One file of hashes as it stands on disk, and the check of secrets against it. The file is looked at when somebody logs
 * in, so a change needs no restart. If it cannot be read what it said before still counts, and that is logged.
 *
 * <p>Threads: {@link #knows} and {@link #current} any; {@link #refresh} and {@link #verify} one at a time.
 */
final class CredentialSource {
    /** A look at the file is not older than this when somebody is let in. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Seals of secrets kept; each is about 200 bytes. */
    private static final int MAX_REMEMBERED = 10_000;

    /** @param key the file itself, which is another one after a rename over it. */
    private record Stamp(
            FileTime changed, long size, @Nullable Object key) {}

    private final Path file;
    private final Credentials.Kind kind;
    private final LongSupplier nanoTime;
    private final Runnable onChange;
    private final SecretMemory memory = new SecretMemory(MAX_REMEMBERED);

    private @Nullable Stamp stamp;
    private boolean failing;
    private Argon2idHash decoy = Argon2idHash.decoy(Argon2id.Cost.DEFAULT);
    private volatile Credentials current = Credentials.NONE;
    private volatile long lookedAtNanos;

    /** @param onChange told, by the thread that refreshes, when the file says something else than before. */
    CredentialSource(Path file, Credentials.Kind kind, LongSupplier nanoTime, Runnable onChange) {
        this.file = file;
        this.kind = kind;
        this.nanoTime = nanoTime;
        this.onChange = onChange;
        refresh();
    }

    Credentials.Kind kind() {
        return kind;
    }

    /** What the file said when it was last looked at. */
    Credentials current() {
        return current;
    }

    /** Whether the file was looked at a moment ago. */
    boolean isFresh() {
        return nanoTime.getAsLong() - lookedAtNanos < FRESH_NANOS;
    }

    byte[] seal(String name, byte[] secret) {
        return memory.seal(name, secret);
    }

    /** Whether the secret under this seal was proved before and still counts. Takes microseconds. */
    boolean knows(String name, byte[] seal) {
        return memory.knows(name, current.find(name), seal);
    }

    /**
     * Checks a secret, which takes as long for a name that is not there.
     *
     * @return what it was proved against; null if it is wrong.
     */
    @Nullable
    PasswordHash verify(String name, byte[] secret, byte[] seal) {
        PasswordHash hash = current.find(name);
        if (hash != null && memory.knows(name, hash, seal)) {
            return hash;
        }
        if (hash != null && hash.matches(secret)) {
            memory.remember(name, hash, seal);
            return hash;
        }
        if (!decoy.cost().equals(current.costliest())) {
            decoy = Argon2idHash.decoy(current.costliest());
        }
        boolean paid = hash instanceof Argon2idHash argon2id && argon2id.cost().equals(decoy.cost());
        // What a decoy says counts for nothing: nobody is let in under a name that is not there.
        boolean _ = paid || decoy.matches(secret);
        return null;
    }

    /** Looks whether the file changed, and takes it if so. */
    void refresh() {
        lookedAtNanos = nanoTime.getAsLong();
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp now = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (now.equals(stamp)) {
                return;
            }
            Credentials read = Credentials.parse(CredentialFile.readLines(file), kind);
            boolean first = stamp == null;
            stamp = now;
            failing = false;
            current = read;
            Logger.info(
                    "{} {} {}s from {}",
                    first ? "Read" : "Read again:",
                    read.hashes().size(),
                    kind.word(),
                    file);
            read.problems().forEach(problem -> Logger.warn("{} {}; it admits nobody", file, problem));
            onChange.run();
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                Logger.warn(
                        "{} cannot be read ({}): {}",
                        file,
                        e,
                        stamp == null ? "no " + kind.word() + " can log in" : "what it said before still counts");
            }
        }
    }
}
