package dev.edgegateway.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theProgramSaysWhenItIsReadyServesAndEndsOnSigterm() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--port",
                        "0",
                        "--org",
                        "abc123",
                        "--api-key",
                        "a-abc123-k",
                        "--api-token-file",
                        token.toString(),
                        "--gateway",
                        "edge:gw1=" + token)
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            int port = readyPort(output);
            TestClient.connect(port, "a:abc123:app", "a-abc123-k", "t0ken").close();
            TestClient.connect(port, "g:abc123:edge:gw1", "use-token-auth", "t0ken")
                    .close();

            process.destroy();

            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int readyPort(BufferedReader output) throws Exception {
        String start = "platform emulator ready on port ";
        String line = output.readLine();
        while (line != null && !line.startsWith(start)) {
            line = output.readLine();
        }
        return Integer.parseInt(String.valueOf(line).substring(start.length()));
    }

    @Test
    void whatIsMissingOrWrongIsSaidInOneLine() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "t0ken\n");

        assertTrue(refusal().contains("--org"));
        assertTrue(refusal("--org", "abc").contains("organization 'abc' is not six letters or digits"));
        assertTrue(refusal("--org", "abc123", "--max-queued", "0").contains("maxQueuedPerClient is 0"));
        assertTrue(refusal("--org", "abc123", "--api-key", "a-abc123-k").contains("--api-token-file"));
        assertTrue(refusal("--org", "abc123", "--gateway", "gw1=" + token).contains("'gw1' is not TYPE:ID=FILE"));
        assertTrue(refusal("--org", "abc123", "--device", "t:i=" + folder + File.separator + "none")
                .contains("cannot read the token file"));
        assertTrue(refusal("--org", "abc123", "--api-key", "a-other1-k", "--api-token-file", token.toString())
                .contains("does not belong to organization 'abc123'"));
    }

    @Test
    void aPortThatIsTakenEndsTheProgramWithStatusOne() {
        Credentials none = Credentials.builder().build();
        try (PlatformEmulator taken = PlatformEmulator.open(EmulatorSettings.of("127.0.0.1", 0, "abc123", none))) {
            StringWriter errors = new StringWriter();
            int status = new CommandLine(new Main())
                    .setErr(new PrintWriter(errors, true))
                    .execute("--org", "abc123", "--port", String.valueOf(taken.port()));

            assertEquals(1, status);
            assertTrue(errors.toString().contains(String.valueOf(taken.port())), errors.toString());
            assertFalse(errors.toString().contains("\tat "), errors.toString());
        }
    }

    private static String refusal(String... arguments) {
        StringWriter errors = new StringWriter();
        int status = new CommandLine(new Main())
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
        assertEquals(CommandLine.ExitCode.USAGE, status, String.join(" ", List.of(arguments)));
        return Stream.of(errors.toString().split("\n", 2)).findFirst().orElse("");
    }
}
