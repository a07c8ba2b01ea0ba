package dev.edgegateway.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.demo.screen.Terminal;
import dev.edgegateway.gateway.config.ConfigLoader;
import dev.edgegateway.gateway.config.GatewayConfig;
import dev.edgegateway.gateway.config.UplinkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DemoPartsTest {
    private final WorkFolder folder = WorkFolder.make();

    @AfterEach
    void removeTheFolder() {
        folder.remove();
        assertFalse(Files.exists(folder.path()));
    }

    @Test
    void theGatewayTakesTheDemosConfiguration() throws Exception {
        Path token = folder.write("a \"quoted\" token", "secret\n");
        Path toml = folder.write("gateway.toml", new GatewayToml(1883, 1884, token, Path.of("/dev/pts/0")).text());

        GatewayConfig config = ConfigLoader.ofThisProcess().load(toml).config();
        assertEquals(
                List.of("mast", "board"),
                config.sensors().stream().map(sensor -> sensor.id()).toList());
        assertEquals(folder.resolve("data"), config.runDir());
        assertTrue(config.uplink() instanceof UplinkConfig uplink
                && uplink.clientId().equals("g:demo01:edge-gateway:gw-001"));
    }

    @Test
    void tokensDifferAndAreTheirOwnersAlone() throws IOException {
        Tokens tokens = Tokens.make(folder);
        assertEquals(
                Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE),
                Files.getPosixFilePermissions(tokens.gateway()));
        assertEquals(32, Files.readString(tokens.gateway()).strip().length());
        assertFalse(Files.readString(tokens.gateway()).equals(Files.readString(tokens.application())));
    }

    @Test
    void sentencesCarryTheirChecksum() {
        // The worked example of the u-blox 6 receiver description, section 22.2.
        assertEquals(
                "$GPZDA,141644.00,22,03,2002,00,00*67\r\n", SerialFeed.sentence("GPZDA,141644.00,22,03,2002,00,00"));
    }

    @Test
    void theSerialLineSpeaksUntilItIsClosed() throws IOException {
        try (var feed = new SerialFeed(1)) {
            assertTrue(Files.exists(feed.port()));
            await().until(() -> feed.rounds() >= 1);
        }
    }

    @Test
    void aChildsLinesAreHeardAndItsStandardInputIsItsLife() throws InterruptedException {
        var lines = new CopyOnWriteArrayList<String>();
        Path log = folder.resolve("cat.log");
        try (var child = ChildProcess.start("echo", List.of("cat"), Map.of(), log, lines::add)) {
            child.send("hello");
            await().until(() -> lines.equals(List.of("hello")));
            child.requireAlive();
            assertTrue(child.residentBytes() > 0);
            assertTrue(ProcessHandle.of(child.pid()).isPresent());
        }
    }

    @Test
    void aChildThatEndsByItselfIsNoticedWithItsLastWords() {
        Path log = folder.resolve("failing.log");
        try (var child = ChildProcess.start(
                "failing", List.of("sh", "-c", "echo no luck >&2; exit 3"), Map.of(), log, line -> {})) {
            await().untilAsserted(() -> {
                var failure = assertThrows(DemoException.class, child::requireAlive);
                assertTrue(String.valueOf(failure.getMessage()).contains("status 3"), failure::getMessage);
                assertTrue(String.valueOf(failure.getMessage()).contains("no luck"), failure::getMessage);
            });
        }
    }

    @Test
    void aChildThatWasKilledIsNotMissed() throws InterruptedException {
        try (var child = ChildProcess.start(
                "sleeper", List.of("sleep", "1000"), Map.of(), folder.resolve("sleeper.log"), line -> {})) {
            child.kill();
            assertFalse(
                    ProcessHandle.of(child.pid()).map(ProcessHandle::isAlive).orElse(false));
            child.requireAlive();
        }
    }

    @Test
    void aChildThatDoesNotListenIsEndedAllTheSame() {
        var lines = new CopyOnWriteArrayList<String>();
        var child = ChildProcess.start(
                "stubborn",
                List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"),
                Map.of(),
                folder.resolve("stubborn.log"),
                lines::add);
        await().until(() -> !lines.isEmpty());
        child.close();
        child.close();
        assertFalse(ProcessHandle.of(child.pid()).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void aCommandThatDoesNotExistIsAFault() {
        assertThrows(
                RuntimeException.class,
                () -> ChildProcess.start(
                        "nothing", List.of("/no/such/command"), Map.of(), folder.resolve("x.log"), line -> {}));
    }

    @Test
    void aRateIsThatOfTheLastTwoSeconds() {
        var meter = new RateMeter();
        assertEquals(0, meter.perSecond(0, 0));
        assertEquals(100, meter.perSecond(1_000_000_000L, 100), 1e-9);
        for (int second = 2; second <= 10; second++) {
            meter.perSecond(second * 1_000_000_000L, 100 + 50L * (second - 1));
        }
        assertEquals(50, meter.perSecond(11_000_000_000L, 600), 1e-9);
    }

    @Test
    void outputThatIsNoTerminalOrOnlyTakesLinesIsNotDrawnOn() {
        assertFalse(Terminal.of(1).drawable(Map.of("TERM", "dumb")));
        assertFalse(Terminal.of(1).drawable(Map.of()));
        assertTrue(Terminal.colourful(Map.of("NO_COLOR", "")));
        assertFalse(Terminal.colourful(Map.of("NO_COLOR", "1")));
    }
}
