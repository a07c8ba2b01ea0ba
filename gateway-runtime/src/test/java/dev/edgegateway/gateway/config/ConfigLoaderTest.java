package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.Qos;
import dev.edgegateway.sensor.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
    private static final String IOT_2 = """
            [uplink]
            profile = "iot-2"
            url = "ssl://broker.example.com:8883"
            organization = "org001"
            token_file = "token"
            """;

    @TempDir
    Path folder;

    private ConfigFolder minimalAnd(String more) {
        return new ConfigFolder(folder)
                .withSecret("token", "secret-token\n")
                .with("gateway.toml", ConfigFolder.MINIMAL + more);
    }

    @Test
    void theLeastIsOneListenerAndAnIdentity() throws ConfigException {
        LoadedConfig loaded = minimalAnd("").load();

        assertEquals(List.of(), loaded.warnings());
        GatewayConfig config = loaded.config();
        assertNull(config.uplink());
        assertEquals(List.of(), config.routes());
        assertEquals(List.of(), config.sensors());
        assertEquals(
                BrokerSettings.of(List.of(new BrokerSettings.Listener("tcp", "127.0.0.1", 1883))),
                config.brokerSettings());
    }

    @Test
    void everyBoundOfTheBrokerCanBeSet() throws ConfigException {
        BrokerSettings settings = minimalAnd("""
                [broker]
                max_queued_messages = 1
                max_queued_bytes = "2MB"
                max_inflight = 3
                max_packet_bytes = 0x1000
                max_retained = 5
                max_sessions = 6
                max_connections = 7
                max_subscriptions_per_client = 8
                connect_timeout = "9s"
                """).config().brokerSettings();

        assertEquals(
                new BrokerSettings(settings.listeners(), true, 4096, 1, 2L << 20, 3, 5, 6, 7, 8, Duration.ofSeconds(9)),
                settings);
    }

    @Test
    void theClientIdOfTheGatewayProtocolIsDerived() throws ConfigException {
        UplinkConfig uplink = minimalAnd(IOT_2).config().uplink();

        assertEquals("g:org001:edge-gateway:gw-001", uplink == null ? "" : uplink.clientId());
        assertEquals(
                new UplinkConfig.Iot2("org001", new SecretFile(folder.resolve("token"))),
                uplink == null ? null : uplink.profile());
    }

    @Test
    void aRouteTakesTypeDeviceAndEventFromCapturesOfThatName() throws ConfigException {
        List<RouteConfig> routes = minimalAnd(IOT_2 + """
                [[route]]
                topic = "{type}/{device}/{event}"
                qos = 2
                [[route]]
                topic = "meters/{serial}/#"
                type = "meter"
                device = "m-{serial}"
                event = "reading"
                format = "csv"
                [[route]]
                topic = "edge-gateway/sensors/{event}"
                """).config().routes();

        assertEquals(
                List.of(
                        new RouteConfig.Platform("{type}", "{device}", "{event}", "json"),
                        new RouteConfig.Platform("meter", "m-{serial}", "reading", "csv"),
                        new RouteConfig.Platform("edge-gateway", "gw-001", "{event}", "json")),
                routes.stream().map(RouteConfig::target).toList());
        assertEquals(Qos.EXACTLY_ONCE, routes.getFirst().qos());
    }

    @Test
    void aPlainBridgeRenamesByPrefixOrTemplateInBothDirections() throws ConfigException {
        List<RouteConfig> routes = minimalAnd("""
                [[uplink]]
                profile = "mqtt"
                url = "ssl://[::1]:8883"
                username = "plant"
                password_file = "token"
                [[route]]
                topic = "a/#"
                remote_prefix = "plant-7"
                direction = "both"
                [[route]]
                topic = "b/{device}"
                remote_topic = "to/{device}/b"
                direction = "in"
                """).config().routes();

        assertEquals(
                List.of(new RouteConfig.Prefixed("plant-7/"), new RouteConfig.Renamed("to/{device}/b")),
                routes.stream().map(RouteConfig::target).toList());
        assertEquals(
                List.of(RouteConfig.Direction.BOTH, RouteConfig.Direction.IN),
                routes.stream().map(RouteConfig::direction).toList());
    }

    @Test
    void theOptionsOfADriverAreCheckedAndCompleted() throws ConfigException {
        List<SensorConfig> sensors = minimalAnd("""
                [[sensor]]
                id = "gps"
                driver = "serial"
                device = "/dev/ttyS0"
                baud = 0x2580
                scale = 2
                silence = "5s"
                topic = "plant/gps"
                """).config().sensors();

        assertEquals(
                new Options(Map.of(
                        "device",
                        "/dev/ttyS0",
                        "baud",
                        9600L,
                        "scale",
                        2.0,
                        "invert",
                        false,
                        "silence",
                        Duration.ofSeconds(5),
                        "format",
                        "nmea")),
                sensors.getFirst().options());
        assertEquals("plant/gps", sensors.getFirst().topic().value());
    }

    @Test
    void conf_dIsMergedInTheOrderOfItsNames() throws ConfigException {
        ConfigFolder files = minimalAnd("[queue]\nmax_bytes = \"1GB\"\n")
                .with("conf.d/20-more.toml", "[[listener]]\nport = 1885\nallow_anonymous = true\n")
                .with(
                        "conf.d/10-some.toml",
                        "[queue]\nmax_age = \"1d\"\n[[listener]]\nport = 1884\nallow_anonymous = true\n")
                .with("conf.d/.hidden.toml", "nonsense")
                .with("conf.d/notes.txt", "nonsense");

        LoadedConfig loaded = files.load();

        assertEquals(
                List.of(
                        folder.resolve("gateway.toml"),
                        folder.resolve("conf.d/10-some.toml"),
                        folder.resolve("conf.d/20-more.toml")),
                loaded.files());
        assertEquals(1L << 30, loaded.config().queue().maxBytes());
        assertEquals(Duration.ofDays(1), loaded.config().queue().maxAge());
        assertEquals(
                List.of("tcp:1883", "tcp-2:1884", "tcp-3:1885"),
                loaded.config().listeners().stream()
                        .map(listener -> listener.name() + ":" + listener.port())
                        .toList());
    }

    @Test
    void whatTwoFilesSayDifferentlyIsReportedWithBothPlaces() {
        ConfigFolder files = minimalAnd("[queue]\nmax_bytes = \"1GB\"\n")
                .with("conf.d/a.toml", "[queue]\nmax_bytes = \"2GB\"\n[listener]\nport = 1\n[uplink\n")
                .with("conf.d/b.toml", "queue = 3\n");

        assertEquals(
                List.of(
                        "conf.d/a.toml:2:1 error: queue.max_bytes is set here and at 7:1; keep one of the two",
                        "conf.d/a.toml:3:1 error: listener is a table here and a list at 4:1; write both the same way",
                        "conf.d/a.toml:5:8 error: cannot be read as TOML: unexpected end of line, expected ]",
                        "conf.d/b.toml:1:1 error: queue is a single value here and a table at 6:1; write both the same way"),
                files.problems());
    }

    @Test
    void aFileThatIsNotThereSaysSoAndNothingElse() {
        assertEquals(
                List.of("gateway.toml error: does not exist"),
                new ConfigFolder(folder)
                        .problems().stream()
                                .map(line -> line.replace(folder + "/", ""))
                                .toList());
    }

    @Test
    void anEmptyFileNamesWhatIsNeeded() {
        assertEquals(
                List.of(
                        "gateway.toml error: gateway is missing; start with [gateway], type_id and device_id",
                        "gateway.toml error: gateway.type_id is missing; expected 1 to 36 of A-Z a-z 0-9 - _ .",
                        "gateway.toml error: gateway.device_id is missing; expected 1 to 36 of A-Z a-z 0-9 - _ .",
                        "gateway.toml error: listener is missing; add [[listener]] with bind and port"),
                new ConfigFolder(folder).with("gateway.toml", "").problems());
    }

    @Test
    void filesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("gateway.toml"), new byte[] {'a', '=', (byte) 0xff, (byte) 0xfe});
        assertEquals(List.of("gateway.toml error: is not text in UTF-8"), new ConfigFolder(folder).problems());

        Files.write(folder.resolve("gateway.toml"), new byte[(1 << 20) + 1]);
        assertEquals(
                List.of("gateway.toml error: is larger than 1 MB, so it is no configuration"),
                new ConfigFolder(folder).problems());
    }

    @Test
    void aDirectoryInPlaceOfTheFileIsRefused() throws IOException {
        Files.createDirectory(folder.resolve("gateway.toml"));

        assertEquals(
                List.of("gateway.toml error: cannot be read: Is a directory"), new ConfigFolder(folder).problems());
    }

    @Test
    void aReportQuotesTheLineAndMarksTheValue() {
        ConfigFolder files = minimalAnd("[queue]\nmax_bytes\t= \"512XB\" # much\n");

        ConfigException e = assertThrows(ConfigException.class, files::load);

        assertEquals(
                folder.resolve("gateway.toml")
                        + ":7:13: error: queue.max_bytes is \"512XB\" (XB is no unit); expected a"
                        + " size from 1MB to 16TB, as in \"512MB\" (B, KB, MB, GB, TB)\n"
                        + "    7 | max_bytes\t= \"512XB\" # much\n"
                        + "      |          \t  ^~~~~~~",
                e.getMessage());
    }

    @Test
    void noSecretIsEverQuoted() {
        ConfigFolder files = minimalAnd("""
                [uplink]
                profile = "mqtt"
                url = "tcp://admin:hunter2@host:1"
                password = "hunter2"
                "api-key" = "hunter2"
                auth.token = 'hunter2'
                more = { password = "hunter2", x = 1 }
                mqtt_secret_value = "hunter2
                """);

        String said =
                String.valueOf(assertThrows(ConfigException.class, files::load).getMessage());

        assertFalse(said.contains("hunter2"), said);
        assertTrue(said.contains("password = ..."), said);
    }

    @Test
    void aSecretThatOthersMayReadIsWarnedOf() throws IOException {
        ConfigFolder files = minimalAnd(IOT_2);
        Files.setPosixFilePermissions(
                folder.resolve("token"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));

        assertEquals(
                List.of(
                        "10:14 warning: uplink.token_file is token, which every user of this machine may read; chmod o-rwx"
                                + " token"),
                files.problems());
    }

    @Test
    void secretsThatCannotBeOneAreRefused() {
        for (String secret : List.of("", "\n", "one\ntwo")) {
            List<String> problems =
                    minimalAnd(IOT_2).withSecret("token", secret).problems();

            assertEquals(1, problems.size(), problems::toString);
            assertTrue(
                    problems.getFirst().startsWith("10:14 error: uplink.token_file cannot be used"),
                    problems::toString);
        }
    }

    @Test
    void aSecretIsReadWithoutItsLineBreak() throws IOException {
        minimalAnd("");

        assertEquals("secret-token", new SecretFile(folder.resolve("token")).read());
    }

    @Test
    void theRunDirectoryIsTheOneSystemdMade() throws ConfigException {
        ConfigFolder files = minimalAnd("");

        assertEquals(Path.of("/run/edge-gateway"), files.config().runDir());
        assertEquals(Path.of("/var/lib/edge-gateway"), files.config().dataDir());
        assertEquals(
                Path.of("/run/other"),
                files.withVariable("RUNTIME_DIRECTORY", "/run/other:/run/more")
                        .config()
                        .runDir());
        assertEquals(
                folder.resolve("run"),
                files.with("conf.d/run.toml", "[gateway]\nrun_dir = \"run\"")
                        .config()
                        .runDir());
    }

    @Test
    void driversAreNotLookedForWithoutSensors() throws ConfigException {
        minimalAnd("");
        ConfigLoader loader = new ConfigLoader(
                () -> {
                    throw new AssertionError("nobody needs a driver");
                },
                Map.of());

        assertEquals(
                Optional.empty(),
                loader.load(folder.resolve("gateway.toml")).config().sensors().stream()
                        .findAny());
    }
}
