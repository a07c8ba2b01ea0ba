package dev.edgegateway.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.control.BrokerView;
import dev.edgegateway.gateway.control.ControlServer;
import dev.edgegateway.gateway.control.StatusReports;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

class CommandLineInterfaceTest {
    private static final String VALID = """
            [gateway]
            type_id = "edge-gateway"
            device_id = "gw-001"
            data_dir = "data"
            run_dir = "run"
            [[listener]]
            port = 0
            allow_anonymous = true
            """;

    @TempDir
    Path folder;

    private String config(String text) throws IOException {
        return Files.writeString(folder.resolve("gateway.toml"), text).toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run",
                "config",
                "config check",
                "config reference",
                "status",
                "version",
                "client",
                "client list",
                "client show",
                "client kick",
                "topic list",
                "retained list",
                "retained clear"
            })
    void everyCommandExplainsItself(String command) {
        CommandLineRun run = CommandLineRun.of((command + " --help").strip().split(" "));

        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().startsWith(("Usage: edge-gateway " + command).strip()), run.out());
        assertEquals("", run.err());
        assertEquals(List.of(), run.started());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "config",
                "run --nonsense",
                "run --config",
                "status --config a --socket b",
                "config check a b",
                "client",
                "client show",
                "client kick",
                "retained clear",
                "retained list a b"
            })
    void aCommandLineThatMakesNoSenseIsStatus2(String line) {
        CommandLineRun run = CommandLineRun.of(line.isEmpty() ? new String[0] : line.split(" "));

        assertEquals(ExitStatus.USAGE, run.status());
        assertEquals("", run.out());
        assertTrue(run.err().startsWith("edge-gateway: "), run.err());
    }

    @Test
    void aMisspelledCommandIsRecognised() {
        assertTrue(CommandLineRun.of("sttus").err().contains("edge-gateway status"));
    }

    @Test
    void runStartsTheGatewayWithWhatTheFileSays() throws IOException {
        CommandLineRun run = CommandLineRun.of("run", "--config", config(VALID));

        assertEquals(ExitStatus.OK, run.status());
        assertEquals("", run.err());
        assertEquals("gw-001", run.started().getFirst().config().gateway().deviceId());
    }

    @Test
    void runSaysAllThatIsWrongAndDoesNotStart() throws IOException {
        String file = config(VALID + "prot = 1\n[queue]\nmax_bytes = 3\n");

        CommandLineRun run = CommandLineRun.of("run", "--config", file);

        assertEquals(ExitStatus.CONFIGURATION, run.status());
        assertEquals(List.of(), run.started());
        assertTrue(
                run.err().contains(file + ":9:1: error: listener.prot is not a known key; did you mean `port`?"),
                run.err());
        assertTrue(run.err().contains(file + ":11:13: error: queue.max_bytes is 3"), run.err());
    }

    @Test
    void runShowsWarningsAndStarts() throws IOException {
        CommandLineRun run = CommandLineRun.of("run", "--config", config(VALID.replace("allow_anonymous = true", "")));

        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.err().contains("warning: listener.allow_anonymous is false"), run.err());
        assertEquals(1, run.started().size());
    }

    @Test
    void aStartThatFailsSaysWhyInOneLine() throws IOException {
        CommandLineRun run = CommandLineRun.of(
                (_, _) -> {
                    throw new IOException("the store is locked", new IllegalStateException("by process 7"));
                },
                "run",
                "--config",
                config(VALID));

        assertEquals(ExitStatus.FAILED, run.status());
        assertEquals("edge-gateway: not started: the store is locked: by process 7\n", run.err());
    }

    @Test
    void aPortInUseNamesItsListener() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String file = config(VALID + "[[listener]]\nname = \"second\"\nallow_anonymous = true\nport = "
                    + other.getLocalPort() + "\n");

            CommandLineRun run = CommandLineRun.of(
                    (_, _) -> {
                        throw new IllegalStateException("the broker did not open", new BindException("Address in use"));
                    },
                    "run",
                    "--config",
                    file);

            assertEquals(ExitStatus.FAILED, run.status());
            assertTrue(
                    run.err()
                            .startsWith("edge-gateway: not started: listener \"second\" cannot open 127.0.0.1 port "
                                    + other.getLocalPort() + ": another program has it"),
                    run.err());
        }
    }

    @Test
    void configCheckSumsUpWhatIsFine() throws IOException {
        String file = config(VALID);

        CommandLineRun run = CommandLineRun.of("config", "check", file);

        assertEquals(ExitStatus.OK, run.status());
        assertEquals(file + ": ok, 1 listener, no uplink, 0 routes, 0 sensors\n", run.out());
    }

    @Test
    void configCheckReportsAllThatIsWrong() throws IOException {
        String file = config(VALID + "[queue]\nmax_age = 1\nwhen_full = \"never\"\n");

        CommandLineRun run = CommandLineRun.of("config", "check", file);

        assertEquals(ExitStatus.CONFIGURATION, run.status());
        assertTrue(run.out().contains(":10:11: error: queue.max_age is 1;"), run.out());
        assertTrue(run.out().contains(":11:13: error: queue.when_full is \"never\";"), run.out());
        assertTrue(run.out().endsWith(file + ": 2 errors, 0 warnings\n"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void configCheckReportsInJson() throws IOException {
        String file = config(VALID + "[queue]\nmax_age = 1\n");

        CommandLineRun run = CommandLineRun.of("config", "check", "--json", file);

        assertEquals(ExitStatus.CONFIGURATION, run.status());
        Map<String, Object> report = JSON.std.mapFrom(run.out());
        assertEquals(false, report.get("usable"));
        assertEquals(
                List.of(Map.of(
                        "severity", "error",
                        "file", file,
                        "line", 10,
                        "column", 11,
                        "key", "queue.max_age",
                        "found", "is 1",
                        "expected", "expected a duration from 1m to 3650d, as in \"10s\" (ms, s, m, h, d)")),
                report.get("problems"));
    }

    @Test
    void configReferenceListsEveryTable() {
        CommandLineRun run = CommandLineRun.of("config", "reference");

        assertEquals(ExitStatus.OK, run.status());
        assertTrue(run.out().contains("## [[listener]]"), run.out());
    }

    @Test
    void versionIsOneLineOrOneObject() {
        CommandLineRun line = CommandLineRun.of("version");
        CommandLineRun json = CommandLineRun.of("version", "--json");

        assertTrue(line.out().matches("edge-gateway \\S+, Java .*\n"), line.out());
        assertEquals(line.out(), CommandLineRun.of("--version").out());
        assertEquals(
                BuildInfo.ofThisProcess().version(),
                JSON.std.mapFrom(json.out()).get("version"));
    }

    @Test
    void statusFindsTheGatewayByItsConfiguration() throws IOException {
        String file = config(VALID);
        try (ControlServer _ = ControlServer.open(
                folder.resolve("run/edge-gateway.sock"), StatusReports.asked(StatusReports::duringAnOutage))) {
            CommandLineRun run = CommandLineRun.of("status", "--config", file);

            assertEquals(ExitStatus.OK, run.status());
            assertEquals(new StatusScreen(StatusReports.duringAnOutage(), false).text(), run.out());
        }
    }

    @Test
    void statusInJsonIsWhatTheGatewaySaid() throws IOException {
        Path socket = folder.resolve("s.sock");
        try (ControlServer _ = ControlServer.open(socket, StatusReports.asked(StatusReports::duringAnOutage))) {
            CommandLineRun run = CommandLineRun.of("status", "--socket", socket.toString(), "--json");

            assertEquals(ExitStatus.OK, run.status());
            assertEquals(StatusReports.duringAnOutage().toJson() + "\n", run.out());
        }
    }

    @Test
    void theBrokerIsListedAsATableOrAsJson() throws IOException {
        Path socket = folder.resolve("s.sock");
        String at = socket.toString();
        BrokerView.Client client = new BrokerView.Client("pump\u001b[2J", null, true, 3, 0, 12, 345);
        BrokerView.Clients clients = new BrokerView.Clients(List.of(client), 2, false);
        BrokerView.Topics topics = new BrokerView.Topics(List.of(new BrokerView.Topic("a/+", 2, false)), true);
        try (ControlServer _ = ControlServer.open(
                socket, Map.of("client-list", request -> clients.toJson(), "topic-list", request -> topics.toJson()))) {
            CommandLineRun list = CommandLineRun.of("client", "list", "--socket", at);

            assertEquals("""
                    CLIENT    STATE  USER  ADDRESS  SUBSCRIPTIONS  IN FLIGHT  QUEUED
                    pump [2J  away                  3              0          12
                    """, list.out());
            assertEquals("edge-gateway: only 1 of 2\n", list.err());
            assertEquals(
                    clients.toJson() + "\n",
                    CommandLineRun.of("client", "list", "--json", "--socket", at)
                            .out());
            assertTrue(CommandLineRun.of("topic", "list", "--socket", at)
                    .out()
                    .endsWith("a/+              2            no\n"));
        }
    }

    @Test
    void whatTheGatewayDoesAndRefusesIsSaid() throws IOException {
        Path socket = folder.resolve("s.sock");
        String at = socket.toString();
        try (ControlServer _ = ControlServer.open(
                socket,
                Map.of(
                        "retained-clear",
                        request -> new BrokerView.Done("a/#".equals(request.get("filter")) ? 7 : 0).toJson(),
                        "client-kick",
                        request -> {
                            throw new IllegalArgumentException("there is no client '" + request.get("id") + "'");
                        }))) {
            assertEquals(
                    "Retained messages cleared: 7\n",
                    CommandLineRun.of("retained", "clear", "a/#", "--socket", at)
                            .out());
            CommandLineRun kick = CommandLineRun.of("client", "kick", "x", "--socket", at);
            assertEquals(ExitStatus.FAILED, kick.status());
            assertEquals("edge-gateway: there is no client 'x'\n", kick.err());
        }
    }

    @Test
    void statusNeedsNothingOfTheConfigurationButTheGateway() throws IOException {
        String file = config(VALID + "[uplink]\ntoken_file = \"not readable\"\n");

        assertEquals(
                ExitStatus.UNREACHABLE,
                CommandLineRun.of("status", "--config", file).status());
    }

    @Test
    void statusOfAGatewayThatDoesNotRunIs69() {
        CommandLineRun run = CommandLineRun.of(
                "status", "--socket", folder.resolve("none.sock").toString());

        assertEquals(ExitStatus.UNREACHABLE, run.status());
        assertTrue(run.err().contains("no gateway is running there"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void statusWithoutAConfigurationIs78() {
        assertEquals(
                ExitStatus.CONFIGURATION,
                CommandLineRun.of(
                                "status",
                                "--config",
                                folder.resolve("none.toml").toString())
                        .status());
    }

    @Test
    void coloursAreForThoseWhoWantThem() {
        assertTrue(Terminal.wantsColour(Map.of("TERM", "xterm")));
        assertFalse(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "1")));
        assertTrue(Terminal.wantsColour(Map.of("TERM", "xterm", "NO_COLOR", "")));
        assertFalse(Terminal.wantsColour(Map.of("TERM", "dumb")));
        assertFalse(Terminal.wantsColour(Map.of()));
    }
}
