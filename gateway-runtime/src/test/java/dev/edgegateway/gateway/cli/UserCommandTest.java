package dev.edgegateway.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

class UserCommandTest {
    private static final String SECRET = "correct horse";

    @TempDir
    Path folder;

    private Path users() {
        return folder.resolve("users");
    }

    private CommandLineRun user(SecretInput secrets, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "user";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--file";
        all[args.length + 2] = users().toString();
        return CommandLineRun.of(secrets, all);
    }

    private CommandLineRun add(String name) {
        return user(FakeSecretInput.piped(SECRET), "add", name);
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(users());
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "user add", "user passwd", "user remove", "user list"})
    void everyCommandExplainsItself(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").split(" "));

        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().startsWith("Usage: edge-gateway " + command), run.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user",
                "user add",
                "user add alice secret",
                "user add alice --password secret",
                "user list alice",
                "user add alice --file a --config b"
            })
    void aCommandLineThatMakesNoSenseIsStatus2(String line) {
        assertEquals(ExitStatus.USAGE, CommandLineRun.of(line.split(" ")).status());
    }

    @Test
    void aPipedPasswordIsTakenAsItIs() throws IOException {
        CommandLineRun run = add("alice");

        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertEquals("user 'alice' added to " + users() + "\n", run.out());
        assertTrue(lines().getFirst().startsWith("alice:$argon2id$v=19$m=19456,t=2,p=1$"), lines().getFirst());
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(users())));
        assertFalse((run.out() + run.err() + lines()).contains(SECRET));
    }

    @Test
    void aTypedPasswordIsAskedForTwice() throws IOException {
        FakeSecretInput typed = FakeSecretInput.typed(SECRET, SECRET);

        assertEquals(ExitStatus.OK, user(typed, "add", "alice").status());
        assertEquals(List.of("New secret of user alice: ", "Once more, of user alice: "), typed.prompts());
        assertEquals(1, lines().size());
    }

    @Test
    void aMistypedPasswordChangesNothing() {
        CommandLineRun run = user(FakeSecretInput.typed(SECRET, "correct hose"), "add", "alice");

        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("not the same"), run.err());
        assertFalse(Files.exists(users()));
    }

    @Test
    void noPasswordAtAllChangesNothing() {
        assertEquals(
                ExitStatus.FAILED,
                user(FakeSecretInput.nothing(), "add", "alice").status());
        assertEquals(
                ExitStatus.FAILED, user(FakeSecretInput.typed(), "add", "alice").status());
        assertEquals(
                ExitStatus.FAILED,
                user(FakeSecretInput.typed(SECRET), "add", "alice").status());
        assertFalse(Files.exists(users()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "password123"})
    void aPasswordThatIsEasilyGuessedIsRefused(String secret) {
        CommandLineRun run = user(FakeSecretInput.piped(secret), "add", "alice");

        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("cannot be the secret of user 'alice'"), run.err());
        assertFalse(Files.exists(users()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "#a", "use-token-auth", "a/b"})
    void aNameThatCannotBeIsRefused(String name) {
        CommandLineRun run = add(name);

        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("'" + name + "' is "), run.err());
        assertFalse(Files.exists(users()));
    }

    @Test
    void addIsForNewUsersAndPasswdForOldOnes() throws IOException {
        assertEquals(
                ExitStatus.FAILED,
                user(FakeSecretInput.piped(SECRET), "passwd", "alice").status());
        add("alice");
        String before = lines().getFirst();
        assertEquals(ExitStatus.FAILED, add("alice").status());
        assertEquals(before, lines().getFirst());

        CommandLineRun run = user(FakeSecretInput.piped("another secret"), "passwd", "alice");

        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertFalse(before.equals(lines().getFirst()));
        assertEquals(1, lines().size());
    }

    @Test
    void removeTakesOneOutAndLeavesTheRest() throws IOException {
        Files.writeString(users(), "# ours\n");
        add("alice");
        add("bob");

        assertEquals(
                ExitStatus.OK,
                user(FakeSecretInput.nothing(), "remove", "alice").status());
        assertEquals(
                ExitStatus.FAILED,
                user(FakeSecretInput.nothing(), "remove", "alice").status());
        assertEquals("# ours", lines().getFirst());
        assertEquals(2, lines().size());
    }

    @Test
    void aMadeUpSecretIsAllThatIsPrinted() {
        CommandLineRun run = user(FakeSecretInput.nothing(), "add", "pump:p1", "--device", "--generate");

        assertEquals(ExitStatus.OK, run.status(), run.err());
        assertTrue(run.out().matches("[A-Za-z0-9]{24}\n"), run.out());
        assertEquals(
                ExitStatus.FAILED,
                user(FakeSecretInput.nothing(), "remove", "--device", "pump").status());
        assertEquals(
                ExitStatus.OK,
                user(FakeSecretInput.nothing(), "remove", "--device", "pump:p1").status());
    }

    @Test
    void aDeviceIsTypeAndId() {
        CommandLineRun run = user(FakeSecretInput.piped(SECRET), "add", "--device", "pump");

        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("TYPE:ID"), run.err());
    }

    @Test
    void listSaysWhoIsThereAndWhichLinesAreBroken() throws IOException {
        add("alice");
        Files.writeString(users(), Files.readString(users()) + "bob:plain\n");

        CommandLineRun run = user(FakeSecretInput.nothing(), "list");
        Map<String, Object> json = JSON.std.mapFrom(
                user(FakeSecretInput.nothing(), "list", "--json").out());

        assertEquals(ExitStatus.OK, run.status());
        assertEquals("alice  argon2id\n", run.out());
        assertEquals(
                users() + ": line 2 holds no hash; passwords never stand in this file themselves; it admits nobody\n",
                run.err());
        assertEquals(List.of(Map.of("name", "alice", "hash", "argon2id")), json.get("users"));
        assertEquals(1, ((List<?>) json.getOrDefault("problems", List.of())).size());
    }

    @Test
    void theConfigurationSaysWhereTheFilesAre() throws IOException {
        Path config = Files.writeString(folder.resolve("gateway.toml"), """
                [access]
                users_file = "people"
                device_tokens_file = "things"
                """);

        assertEquals(
                ExitStatus.OK,
                CommandLineRun.of(FakeSecretInput.piped(SECRET), "user", "add", "alice", "-c", config.toString())
                        .status());
        assertEquals(
                ExitStatus.OK,
                CommandLineRun.of(
                                FakeSecretInput.piped(SECRET),
                                "user",
                                "add",
                                "--device",
                                "pump:p1",
                                "-c",
                                config.toString())
                        .status());
        assertEquals(1, Files.readAllLines(folder.resolve("people")).size());
        assertEquals(1, Files.readAllLines(folder.resolve("things")).size());
    }

    @Test
    void aConfigurationThatNamesNoFileIsSaid() throws IOException {
        Path config = Files.writeString(folder.resolve("gateway.toml"), "[gateway]\n");

        CommandLineRun run = CommandLineRun.of("user", "list", "--config", config.toString());

        assertEquals(ExitStatus.CONFIGURATION, run.status());
        assertTrue(run.err().contains("users_file in [access]"), run.err());
        assertEquals(
                ExitStatus.CONFIGURATION,
                CommandLineRun.of(
                                "user",
                                "list",
                                "--config",
                                folder.resolve("none").toString())
                        .status());
    }

    @Test
    void aFolderThatIsNotThereIsSaid() {
        CommandLineRun run = CommandLineRun.of(
                FakeSecretInput.piped(SECRET), "user", "add", "alice", "--file", folder + "/no/users");

        assertEquals(ExitStatus.FAILED, run.status());
        assertTrue(run.err().contains("no such directory"), run.err());
    }

    @Test
    void ofWhatIsPipedTheFirstLineIsTheSecret() throws IOException {
        assertEquals("one", firstLine("one\ntwo\n"));
        assertEquals("one", firstLine("one\r\ntwo"));
        assertEquals("one ", firstLine("one "));
        assertEquals("", firstLine("\n"));
        assertNull(SecretInput.firstLine(new ByteArrayInputStream(new byte[0])));
        assertThrows(IOException.class, () -> firstLine("x".repeat(5000)));
        assertThrows(
                IOException.class, () -> SecretInput.firstLine(new ByteArrayInputStream(new byte[] {(byte) 0xff})));
    }

    private static String firstLine(String text) throws IOException {
        return String.valueOf(SecretInput.firstLine(new ByteArrayInputStream(text.getBytes(UTF_8))));
    }
}
