package dev.edgegateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.demo.client.Fleet;
import dev.edgegateway.demo.client.Report;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class BooksTest {
    private final Books books = new Books(Fleet.of(6, 60));

    @BeforeEach
    void oneMessageOfEachDeviceArrives() {
        for (var spec : Fleet.of(6, 60)) {
            books.accept(new Report.Connected(spec.id()));
            books.accept(new Report.Acknowledged(spec.id(), 1));
            books.accept(new Report.Delivered(spec.id(), 1, spec.id(), 40));
            books.accept(new Report.Finished(spec.id()));
        }
        books.accept(new Report.CommandSent("pump-01", 1));
        books.accept(new Report.CommandReceived("pump-01", "pump-01", 1));
    }

    @Test
    void aCleanRunIsSettledAndKept() {
        assertTrue(books.settled());
        assertEquals(List.of(), outcome().failures());
        assertEquals(4, books.balance().promised().acknowledged());
        assertEquals(2, books.balance().unpromised().acknowledged());
        assertTrue(outcome().toText().getLast().startsWith("KEPT"), outcome().toText()::toString);
    }

    @Test
    void aLostMessageAtQos1UnsettlesAndFails() {
        books.accept(new Report.Acknowledged("pump-01", 2));
        assertFalse(books.settled());
        assertEquals(List.of("1 acknowledged and never delivered"), outcome().failures());
    }

    @Test
    void aLostMessageAtQos0IsToldAndNoFailure() {
        books.accept(new Report.Acknowledged("pump-03", 2));
        assertTrue(books.settled());
        assertTrue(outcome().kept());
        assertTrue(
                outcome().toText().stream().anyMatch(line -> line.contains("3 sent, 2 arrived")),
                outcome().toText()::toString);
    }

    @Test
    void messagesOutOfOrderFailAtQos1AndNotAtQos0() {
        books.accept(new Report.Delivered("pump-03", 3, "pump-03", 1));
        books.accept(new Report.Delivered("pump-03", 2, "pump-03", 1));
        assertTrue(outcome().kept());
        books.accept(new Report.Delivered("pump-01", 3, "pump-01", 1));
        books.accept(new Report.Delivered("pump-01", 2, "pump-01", 1));
        assertEquals(
                List.of("1 delivered out of their device's order"), outcome().failures());
    }

    @Test
    void duplicatesAreCountedAndNoFailure() {
        books.accept(new Report.Delivered("pump-01", 1, "pump-01", 1));
        assertTrue(outcome().kept());
        assertEquals(1, books.balance().promised().duplicates());
    }

    @Test
    void aMessageUnderAnotherDevicesNameFails() {
        books.accept(new Report.Delivered("pump-01", 2, "pump-02", 1));
        books.accept(new Report.Delivered("nobody", 1, "nobody", 1));
        assertEquals(
                List.of("2 delivered under another device's name"), outcome().failures());
    }

    @Test
    void aCommandToTheWrongDeviceOrToNobodyFails() {
        books.accept(new Report.CommandReceived("pump-02", "pump-01", 2));
        assertEquals(1, outcome().failures().size());
        books.accept(new Report.CommandSent("pump-02", 1));
        assertFalse(books.settled());
        assertEquals(2, outcome().failures().size());
    }

    @Test
    void aDeviceThatStillWaitsIsNamed() {
        var fresh = new Books(Fleet.of(1, 1));
        fresh.accept(new Report.Acknowledged("pump-01", 1));
        fresh.accept(new Report.Delivered("pump-01", 1, "pump-01", 1));
        assertFalse(fresh.settled());
        assertEquals(List.of("pump-01"), fresh.unfinished());
        assertEquals(
                List.of("still waiting for acknowledgements: pump-01"),
                outcome(fresh).failures());
    }

    @Test
    void aRunThatProvesNothingFails() {
        assertFalse(outcome(new Books(List.of())).kept());
    }

    @Test
    void sensorsAreCountedAndShortened() {
        books.accept(new Report.Reading("gw-001", "mast", "{\"d\":{\"temp\":21.456,\"hum\":40},\"ts\":\"x\"}"));
        books.accept(new Report.Reading("gw-001", "mast", "junk"));
        books.accept(new Report.Reading("gw-001", "board", "{\"d\":{\"load\":0.5}}"));
        assertEquals(2, books.sensor("mast", "serial").said());
        assertEquals("", books.sensor("mast", "serial").last());
        assertEquals("load 0.50", books.sensor("board", "system").last());
        assertEquals(0, books.sensor("other", "system").said());
    }

    @Test
    void theOutcomeAsJsonHoldsTheVerdictAndItsGrounds() throws Exception {
        books.accept(new Report.Acknowledged("pump-01", 2));
        Map<String, Object> json = JSON.std.mapFrom(outcome().toJson());
        assertEquals(false, json.get("kept"));
        assertEquals(List.of("1 acknowledged and never delivered"), json.get("failures"));
        assertEquals(List.of(900), json.get("back_after_ms"));
        assertTrue(json.get("certificate") instanceof Map<?, ?> certificate
                && Integer.valueOf(1).equals(certificate.get("lost")));
        assertTrue(json.get("commands") instanceof Map<?, ?> commands
                && Integer.valueOf(1).equals(commands.get("received")));
    }

    @Test
    void theTextFitsEightyColumns() {
        var lines = new ArrayList<>(outcome().toText());
        lines.removeIf(line -> line.length() <= 80);
        assertEquals(List.of(), lines);
    }

    @Test
    void rowsOfDevicesShowWhatIsOpen() {
        books.accept(new Report.Acknowledged("pump-02", 2));
        books.accept(new Report.Disconnected("pump-02"));
        var row = books.devices().stream()
                .filter(device -> device.id().equals("pump-02"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, row.open());
        assertFalse(row.connected());
        assertEquals(6, books.devices().size());
    }

    private Outcome outcome() {
        return outcome(books);
    }

    private static Outcome outcome(Books books) {
        return new Outcome(
                DemoOptionsTest.options(45, 200, 6, 10, 1),
                books.balance(),
                1,
                List.of(Duration.ofMillis(900)),
                books.unfinished(),
                2345,
                71L << 20,
                Duration.ofMillis(1200),
                List.of(new Outcome.Sensor("mast", "serial", 40)));
    }
}
