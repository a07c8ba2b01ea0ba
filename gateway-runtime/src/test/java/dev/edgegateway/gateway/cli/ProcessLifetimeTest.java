package dev.edgegateway.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process and real signals. */
class ProcessLifetimeTest {
    @TempDir
    Path folder;

    @Test
    void sigtermClosesTheGatewayAndEndsWith0() throws Exception {
        assertEquals("closed, status 0", endedBy("TERM"));
    }

    @Test
    void sigintDoesTheSame() throws Exception {
        assertEquals("closed, status 0", endedBy("INT"));
    }

    @Test
    void aGatewayThatDoesNotCloseCleanlyEndsWith1() throws Exception {
        assertEquals("closed, status 1", endedBy("TERM", "-Dfail=true"));
        String log = Files.readString(folder.resolve("err"));
        assertTrue(
                log.lines().anyMatch(line -> line.matches("\\d\\d:\\d\\d:\\d\\d ERROR: The gateway did not end.*")),
                log);
        assertTrue(log.contains("the disk is gone"), log);
    }

    @Test
    void aGatewayThatCannotGoOnIsClosedAndEndsWith1() throws Exception {
        assertEquals("closed, status 1", endedBy("", "-Dbreak=true"));
        String log = Files.readString(folder.resolve("err"));
        assertTrue(log.contains("the disk is full"), log);
    }

    @Test
    void aSignalWhileTheGatewayIsStartingClosesItOnceItHas() throws Exception {
        assertEquals("closed, status 0", endedBy("TERM", "-Dslow=true"));
    }

    @Test
    void aGatewayThatDoesNotStartEndsWith1() throws Exception {
        assertEquals("null, status 1", endedBy("", "-Dunstartable=true"));
        assertEquals("edge-gateway: not started: no store\n", Files.readString(folder.resolve("err")));
    }

    @Test
    void theJournalAddsTheTimeItself() throws Exception {
        assertEquals("closed, status 1", endedBy("TERM", "-Dfail=true", "JOURNAL_STREAM=8:1"));
        String log = Files.readString(folder.resolve("err"));
        assertTrue(log.lines().anyMatch(line -> line.startsWith("ERROR: The gateway did not end cleanly")), log);
    }

    /** @param options those of the JVM, and variables of its environment. */
    private String endedBy(String signal, String... options) throws IOException, InterruptedException {
        Path config = Files.writeString(folder.resolve("gateway.toml"), """
                [gateway]
                type_id = "t"
                device_id = "d"
                [[listener]]
                allow_anonymous = true
                """);
        // A build in the background ignores SIGINT, and so would its children: a signal sent to them must count.
        List<String> command = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(
                Arrays.stream(options).filter(option -> option.startsWith("-")).toList());
        command.addAll(List.of(FakeGatewayProcess.class.getName(), "run", "--config", config.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(folder.resolve("err").toFile());
        builder.environment().remove("JOURNAL_STREAM");
        Arrays.stream(options)
                .filter(option -> !option.startsWith("-"))
                .forEach(variable -> builder.environment().put(variable.split("=")[0], variable.split("=")[1]));
        Process process = builder.start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("started", out.readLine());
            if (signal.isEmpty()) {
                return out.readLine() + ", status " + process.waitFor();
            }
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid()).start();
            assertEquals(0, kill.waitFor());
            process.outputWriter().append('x').close();
            return out.readLine() + ", status " + process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }
}
