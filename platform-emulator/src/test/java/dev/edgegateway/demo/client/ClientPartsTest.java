package dev.edgegateway.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPartsTest {
    private static final Instant SENT = Instant.parse("2026-11-20T10:00:00.250Z");

    @Test
    void theFirstSixDevicesAreEveryKindWithEveryQos() {
        var fleet = Fleet.of(6, 120);
        assertEquals(
                6,
                fleet.stream()
                        .map(spec -> spec.kind() + " " + spec.qos())
                        .distinct()
                        .count());
        assertTrue(fleet.getFirst().guaranteed());
        assertEquals(
                120, fleet.stream().mapToDouble(DeviceSpec::messagesPerSecond).sum(), 1e-6);
    }

    @Test
    void everyDeviceOfALargeFleetHasItsOwnName() {
        var fleet = Fleet.of(500, 1000);
        assertEquals(500, fleet.stream().map(DeviceSpec::id).distinct().count());
        assertEquals(
                500,
                fleet.stream().map(spec -> spec.clientId("demo01")).distinct().count());
        assertEquals(fleet, Fleet.of(500, 1000));
    }

    @Test
    void everyReportSurvivesItsLine() {
        List<Report> reports = List.of(
                new Report.Connected("pump-01"),
                new Report.Disconnected("pump-01"),
                new Report.Finished("pump-01"),
                new Report.Acknowledged("pump-01", 5_000_000_000L),
                new Report.Delivered("pump-01", 3, "pump-02", -4),
                new Report.Reading("board", "reading", "{\"d\":\"\n\u00e4\"}"),
                new Report.CommandSent("pump-01", 7),
                new Report.CommandReceived("pump-01", "", 0));
        assertEquals(Report.class.getPermittedSubclasses().length, reports.size());
        for (Report report : reports) {
            String line = ReportLine.write(report);
            assertEquals(-1, line.indexOf('\n'));
            assertEquals(Optional.of(report), ReportLine.read(line));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "[]",
                "{",
                "{}",
                "{\"report\":\"connected\"}",
                "{\"report\":\"acknowledged\",\"device\":\"x\",\"number\":\"1\"}",
                "{\"report\":\"unheard-of\"}"
            })
    void whatIsNoReportIsNotTakenForOne(String line) {
        assertEquals(Optional.empty(), ReportLine.read(line));
    }

    @Test
    void anEventSurvivesItsPayload() {
        var event = new Event("pump-01", 17, 21.5, SENT);
        assertEquals(Optional.of(event), Event.decode(event.encode()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "21.5",
                "{\"d\":21.5}",
                "{\"d\":{\"device\":\"pump-01\",\"sequence\":0,\"value\":1},\"ts\":\"2026-11-20T10:00:00Z\"}",
                "{\"d\":{\"device\":\"pump-01\",\"sequence\":1,\"value\":1},\"ts\":\"yesterday\"}"
            })
    void whatIsNoEventIsNotTakenForOne(String payload) {
        assertEquals(Optional.empty(), Event.decode(payload.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void anEventIsReportedWithTheDeviceItsTopicNamesAndItsDelay() {
        byte[] payload = new Event("pump-01", 17, 21.5, SENT).encode();
        assertEquals(
                Optional.of(new Report.Delivered("pump-01", 17, "pump-02", 750)),
                Inbox.report("iot-2/type/pump/id/pump-02/evt/flow/fmt/json", payload, SENT.plusMillis(750)));
    }

    @Test
    void whatASensorSaysIsReportedAsAReading() {
        assertEquals(
                Optional.of(new Report.Reading("gw-001", "board", "{\"load\":1}")),
                Inbox.report(
                        "iot-2/type/edge-gateway/id/gw-001/evt/board/fmt/json",
                        "{\"load\":1}".getBytes(StandardCharsets.UTF_8),
                        SENT));
        assertEquals(Optional.empty(), Inbox.report("iot-2/app/x/mon", new byte[0], SENT));
    }

    @Test
    void commandsGoOnlyToDevicesThatTakeThemAndHaveBeenHeardOf() {
        var commander = new Commander(Fleet.of(8, 10), new Random(1));
        assertEquals(Optional.empty(), commander.next());

        commander.heard("pump-01");
        commander.heard("climate-01");
        commander.heard("gw-001");
        for (long number = 1; number <= 5; number++) {
            Command command = commander.next().orElseThrow();
            assertEquals(new Command("pump-01", number), command);
            assertEquals("iot-2/type/pump/id/pump-01/cmd/set/fmt/json", commander.topic(command));
        }

        commander.heard("pump-02");
        var addressed = new HashSet<String>();
        for (int i = 0; i < 100; i++) {
            addressed.add(commander.next().orElseThrow().device());
        }
        assertEquals(2, addressed.size());
    }

    @Test
    void theParentsLineStopsOnTheWordAndEndsWithItsEnd() {
        var stops = new AtomicInteger();
        ParentLine.listen(
                new ByteArrayInputStream("hello\nstop\n".getBytes(StandardCharsets.UTF_8)), stops::incrementAndGet);
        assertEquals(1, stops.get());
    }

    @Test
    void reportsAreWrittenInOrderAndFlushedAtTheEnd() {
        var out = new ByteArrayOutputStream();
        try (var writer = new ReportWriter(out)) {
            for (long i = 1; i <= 1000; i++) {
                writer.accept(new Report.Acknowledged("pump-01", i));
            }
        }
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertEquals(1000, lines.size());
        assertEquals(Optional.of(new Report.Acknowledged("pump-01", 1000)), ReportLine.read(lines.getLast()));
    }

    @Test
    void aReaderThatHasGoneStopsNobody() {
        OutputStream gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        try (var writer = new ReportWriter(gone)) {
            for (long i = 1; i <= 30_000; i++) {
                writer.accept(new Report.Acknowledged("pump-01", i));
            }
        }
    }
}
