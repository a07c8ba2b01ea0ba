package dev.edgegateway.gateway.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.access.Credentials.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFileTest {
    private static final byte[] SECRET = "a long secret".getBytes(UTF_8);

    @TempDir
    Path folder;

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("users"), List.of(lines));
    }

    @Test
    void aFileThatIsNotThereIsMadeForOwnerAndGroupAlone() throws IOException {
        Path path = folder.resolve("users");
        CredentialFile users = CredentialFile.open(path, Kind.USERS);
        users.put("alice", SECRET);
        users.write();

        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        PasswordHash hash = CredentialFile.read(path, Kind.USERS).find("alice");
        assertTrue(hash != null && hash.matches(SECRET));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(path), left.toList());
        }
    }

    @Test
    void whatElseStandsInTheFileStaysWhereItIs() throws IOException {
        Path path = file("# head", "", "alice:$6$broken", "# before bob", "bob:x", "carol:y");
        CredentialFile users = CredentialFile.open(path, Kind.USERS);
        users.put("bob", SECRET);
        users.remove("carol");
        users.put("dave", SECRET);
        users.write();

        List<String> lines = Files.readAllLines(path);
        assertEquals(List.of("# head", "", "alice:$6$broken", "# before bob"), lines.subList(0, 4));
        assertTrue(lines.get(4).startsWith("bob:$argon2id$"));
        assertTrue(lines.get(5).startsWith("dave:$argon2id$"));
        assertEquals(6, lines.size());
    }

    @Test
    void aNameThatStandsThereTwiceIsThereOnceAfterwards() throws IOException {
        CredentialFile users = CredentialFile.open(file("bob:x", "alice:y", "bob:z"), Kind.USERS);
        users.put("bob", SECRET);
        users.write();

        assertEquals(2, Files.readAllLines(folder.resolve("users")).size());
        assertEquals(
                List.of("bob"), List.copyOf(users.credentials().algorithms().keySet()));
    }

    @Test
    void aSymbolicLinkStaysOne() throws IOException {
        Path real = file("# real");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        CredentialFile users = CredentialFile.open(link, Kind.USERS);
        users.put("alice", SECRET);
        users.write();

        assertTrue(Files.isSymbolicLink(link));
        assertEquals(2, Files.readAllLines(real).size());
    }

    @Test
    void aFolderThatIsNotThereIsNotMade() throws IOException {
        CredentialFile users = CredentialFile.open(folder.resolve("no/such/users"), Kind.USERS);

        assertThrows(NoSuchFileException.class, users::write);
    }

    @Test
    void textThatIsNotUtf8IsRefusedAndNotRewritten() throws IOException {
        Path path = Files.write(folder.resolve("users"), new byte[] {'a', ':', (byte) 0xff, '\n'});

        assertThrows(IOException.class, () -> CredentialFile.open(path, Kind.USERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "a/b", "a+", "#a", "a#", " a", "a ", "a\nb", "a\u0000", "use-token-auth"})
    void someNamesAreNotForUsers(String name) throws IOException {
        CredentialFile users = CredentialFile.open(folder.resolve("users"), Kind.USERS);

        assertThrows(IllegalArgumentException.class, () -> users.put(name, SECRET));
        assertFalse(users.contains(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pump", "pump:", ":p1", "pump:p1:x", "pump:p 1", "d:org:pump:p1"})
    void someNamesAreNotForDevices(String name) throws IOException {
        CredentialFile devices = CredentialFile.open(folder.resolve("devices"), Kind.DEVICES);

        assertThrows(IllegalArgumentException.class, () -> devices.put(name, SECRET));
    }
}
