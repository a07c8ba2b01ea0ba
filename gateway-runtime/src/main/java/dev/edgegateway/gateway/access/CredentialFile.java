package dev.edgegateway.gateway.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of hashes as whoever manages users sees it: read, changed by a line, written back whole. Comments and lines
 * that are not understood stay as they are. A reader, or a power cut, finds the old file or the new one and nothing
 * between. One thread.
 */
public final class CredentialFile {
    /** Room for 100,000 entries. */
    private static final int MAX_BYTES = 32 << 20;

    private final Path file;
    private final Credentials.Kind kind;
    private final List<String> lines;

    private CredentialFile(Path file, Credentials.Kind kind, List<String> lines) {
        this.file = file;
        this.kind = kind;
        this.lines = lines;
    }

    /** Reads the file; one that does not exist yet is empty. */
    public static CredentialFile open(Path file, Credentials.Kind kind) throws IOException {
        // A rename onto a symbolic link would replace the link.
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        try {
            return new CredentialFile(real, kind, new ArrayList<>(readLines(real)));
        } catch (NoSuchFileException e) {
            return new CredentialFile(real, kind, new ArrayList<>());
        }
    }

    /** Reads a file for a report on it. */
    public static Credentials read(Path file, Credentials.Kind kind) throws IOException {
        return Credentials.parse(readLines(file), kind);
    }

    static List<String> readLines(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IOException(file + " is larger than " + (MAX_BYTES >> 20) + " MB, so it is no file of hashes");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not text in UTF-8", e);
        }
    }

    /** What the lines say now. */
    public Credentials credentials() {
        return Credentials.parse(lines, kind);
    }

    /** Whether any line is this one's, well-formed or not. */
    public boolean contains(String name) {
        return lines.stream().anyMatch(line -> Credentials.isOf(line, kind, name));
    }

    /**
     * Sets the secret, in place of the name's first line or in a new one at the end.
     *
     * @throws IllegalArgumentException if nobody may have this name; the message says why.
     */
    public void put(String name, byte[] secret) {
        if (kind == Credentials.Kind.USERS && !contains(name)) {
            Names.checkNewUser(name);
        } else {
            Names.check(name, kind);
        }
        String line = name + ":" + Argon2idHash.of(secret, Argon2id.Cost.DEFAULT);
        int at = 0;
        while (at < lines.size() && !Credentials.isOf(lines.get(at), kind, name)) {
            at++;
        }
        remove(name);
        lines.add(Math.min(at, lines.size()), line);
    }

    /** Takes every line of this name out. */
    public void remove(String name) {
        lines.removeIf(line -> Credentials.isOf(line, kind, name));
    }

    /**
     * Writes the file; it belongs to whom it belonged before, or to the group of its directory, and only owner and group
     * may read it.
     */
    public void write() throws IOException {
        Path directory = file.getParent() == null ? Path.of(".") : file.getParent();
        Path fresh = Files.createTempFile(
                directory,
                "." + file.getFileName() + "-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                ByteBuffer text = StandardCharsets.UTF_8.encode(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
                while (text.hasRemaining()) {
                    channel.write(text);
                }
                giveTo(Files.exists(file) ? file : directory, fresh);
                Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r-----"));
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(fresh);
            throw e;
        }
        try (FileChannel parent = FileChannel.open(directory, StandardOpenOption.READ)) {
            parent.force(true);
        }
    }

    /** Root makes the file, and the gateway, which is not root, must read it. */
    private void giveTo(Path model, Path fresh) throws IOException {
        PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
        PosixFileAttributes given = Files.readAttributes(fresh, PosixFileAttributes.class);
        PosixFileAttributeView view = Files.getFileAttributeView(fresh, PosixFileAttributeView.class);
        boolean replaces = model.equals(file);
        if (!wanted.group().equals(given.group())) {
            try {
                view.setGroup(wanted.group());
            } catch (FileSystemException e) {
                // Whoever may not give a new file to the group of the directory keeps it.
                if (replaces) {
                    throw e;
                }
            }
        }
        if (replaces && !wanted.owner().equals(given.owner())) {
            view.setOwner(wanted.owner());
        }
    }
}
