package dev.edgegateway.gateway.access;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file of hashes says: {@code name:hash} for users, {@code type:id:hash} for devices, one a line. Empty lines and
 * lines that start with {@code #} are passed over. Immutable; any thread.
 *
 * <p>A line that is not understood admits nobody and is reported; the others count all the same.
 */
public final class Credentials {
    /** Whose hashes a file holds. */
    public enum Kind {
        USERS("user"),
        DEVICES("device");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** What one of them is called. */
        public String word() {
            return word;
        }
    }

    /**
     * A line that was not understood.
     *
     * @param line from 1.
     * @param what a clause that follows the place; never holds a hash.
     */
    public record Problem(int line, String what) {
        @Override
        public String toString() {
            return "line " + line + " " + what;
        }
    }

    /** Entries beyond it are problems: no board serves as many. */
    static final int MAX_ENTRIES = 100_000;

    static final Credentials NONE = new Credentials(Map.of(), List.of());

    private final Map<String, PasswordHash> hashes;
    private final List<Problem> problems;
    private final Argon2id.Cost costliest;

    private Credentials(Map<String, PasswordHash> hashes, List<Problem> problems) {
        this.hashes = hashes;
        this.problems = List.copyOf(problems);
        this.costliest = hashes.values().stream()
                .filter(Argon2idHash.class::isInstance)
                .map(hash -> ((Argon2idHash) hash).cost())
                .max(Comparator.comparingLong(Argon2id.Cost::work))
                .orElse(Argon2id.Cost.DEFAULT);
    }

    static Credentials parse(List<String> lines, Kind kind) {
        Map<String, PasswordHash> hashes = new LinkedHashMap<>();
        Map<String, Integer> firstLines = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            int number = i + 1;
            String line = lines.get(i);
            if (isComment(line)) {
                continue;
            }
            try {
                String name = name(line, kind);
                PasswordHash hash =
                        PasswordHash.parse(line.substring(name.length() + 1).stripTrailing());
                Integer earlier = firstLines.putIfAbsent(name, number);
                if (earlier != null) {
                    problems.add(
                            new Problem(number, "names '" + Shown.of(name) + "' again; line " + earlier + " counts"));
                } else if (hashes.size() >= MAX_ENTRIES) {
                    problems.add(new Problem(number, "is one too many; " + MAX_ENTRIES + " entries are read"));
                    break;
                } else {
                    hashes.put(name, hash);
                }
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(number, "holds " + e.getMessage()));
            }
        }
        return new Credentials(hashes, problems);
    }

    static boolean isComment(String line) {
        return line.isBlank() || line.startsWith("#");
    }

    /** Whether the line is the one of this name, whatever else stands in it. */
    static boolean isOf(String line, Kind kind, String name) {
        return !isComment(line) && nameEnd(line, kind) == name.length() && line.startsWith(name);
    }

    private static String name(String line, Kind kind) {
        int end = nameEnd(line, kind);
        if (end < 0) {
            throw new IllegalArgumentException(kind == Kind.USERS ? "no name:hash" : "no type:id:hash");
        }
        String name = line.substring(0, end);
        Names.check(name, kind);
        return name;
    }

    /** @return -1 if no name ends. */
    private static int nameEnd(String line, Kind kind) {
        int colon = line.indexOf(':');
        return kind == Kind.USERS || colon < 0 ? colon : line.indexOf(':', colon + 1);
    }

    /** The hash under this name; null if there is none. */
    @Nullable
    PasswordHash find(String name) {
        return hashes.get(name);
    }

    Map<String, PasswordHash> hashes() {
        return hashes;
    }

    /** Who is in the file and by what their secret is kept, in the order of the file. */
    public Map<String, String> algorithms() {
        Map<String, String> algorithms = new LinkedHashMap<>();
        hashes.forEach((name, hash) -> algorithms.put(name, hash.algorithm()));
        return algorithms;
    }

    /** What was not understood, from top to bottom. */
    public List<Problem> problems() {
        return problems;
    }

    /** The most that checking anyone's argon2id hash costs; what this gateway writes if there is none. */
    Argon2id.Cost costliest() {
        return costliest;
    }
}
