package dev.edgegateway.gateway.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class DeliveryLedgerTest {
    private final DeliveryLedger ledger = new DeliveryLedger();

    @Test
    void whatWasAcknowledgedAndArrivedInOrderHolds() {
        acknowledge("pump", 1, 2, 3);
        deliver("pump", 1, 2, 3);

        var certificate = ledger.certificate();
        assertTrue(certificate.holds());
        assertEquals(3, certificate.acknowledged());
        assertEquals(3, certificate.delivered());
        assertEquals(0, certificate.duplicates());
        assertEquals(0, ledger.outstanding());
    }

    @Test
    void whatWasAcknowledgedAndNeverArrivedIsLost() {
        acknowledge("pump", 1, 2, 3, 4);
        deliver("pump", 1, 3);

        var certificate = ledger.certificate();
        assertFalse(certificate.holds());
        assertEquals(2, certificate.lost());
        assertEquals(List.of(2L, 4L), certificate.devices().getFirst().firstLost());
        assertEquals(2, ledger.outstanding());
    }

    @Test
    void aDeliveryMayComeBeforeItsAcknowledgement() {
        deliver("pump", 1, 2);
        acknowledge("pump", 1, 2);

        assertTrue(ledger.certificate().holds());
        assertEquals(0, ledger.certificate().extra());
    }

    @Test
    void aDeliveryThatNobodyAcknowledgedIsExtraAndNoFault() {
        acknowledge("pump", 1);
        deliver("pump", 1, 2);

        var certificate = ledger.certificate();
        assertEquals(1, certificate.extra());
        assertTrue(certificate.holds());
    }

    @Test
    void repeatsAfterAResendAreDuplicatesAndNotOutOfOrder() {
        acknowledge("pump", 1, 2, 3, 4);
        deliver("pump", 1, 2, 3, 1, 2, 3, 4, 2);

        var certificate = ledger.certificate();
        assertEquals(4, certificate.duplicates());
        assertEquals(0, certificate.outOfOrder());
        assertEquals(4, certificate.delivered());
        assertTrue(certificate.holds());
    }

    @Test
    void aFirstDeliveryBehindALaterOneIsOutOfOrder() {
        acknowledge("pump", 1, 2, 3, 4);
        deliver("pump", 1, 4, 2, 3);

        var certificate = ledger.certificate();
        assertEquals(2, certificate.outOfOrder());
        assertEquals(0, certificate.duplicates());
        assertFalse(certificate.holds());
    }

    @Test
    void devicesDoNotDisturbEachOther() {
        acknowledge("pump", 1, 2);
        acknowledge("valve", 1);
        deliver("pump", 2);
        deliver("valve", 1);

        var certificate = ledger.certificate();
        assertEquals(
                List.of("pump", "valve"),
                certificate.devices().stream()
                        .map(DeliveryCertificate.Line::device)
                        .toList());
        assertEquals(1, certificate.devices().get(0).lost());
        assertEquals(0, certificate.devices().get(1).lost());
    }

    @Test
    void anAcknowledgementToldTwiceCountsOnce() {
        acknowledge("pump", 1, 1);
        assertEquals(1, ledger.certificate().acknowledged());
    }

    @Test
    void numbersAcrossPagesAndFarApartAreKeptExactly() {
        long[] numbers = {1, 63, 64, 4095, 4096, 4097, 8191, 8192, 1_000_000_007L, Long.MAX_VALUE};
        acknowledge("pump", numbers);
        assertEquals(numbers.length, ledger.outstanding());
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(
                    numbers[i],
                    ledger.certificate().devices().getFirst().firstLost().getFirst());
            ledger.delivered("pump", numbers[i]);
            assertEquals(numbers.length - i - 1, ledger.outstanding());
        }
        assertTrue(ledger.certificate().holds());
    }

    @Test
    void aMillionMessagesAreCountedExactly() {
        for (long sequence = 1; sequence <= 1_000_000; sequence++) {
            ledger.acknowledged("pump", sequence);
            if (sequence % 1000 != 0) {
                ledger.delivered("pump", sequence);
            }
        }
        assertEquals(1000, ledger.certificate().lost());
        assertEquals(10, ledger.certificate().devices().getFirst().firstLost().size());
    }

    @Test
    void sequenceNumbersBelowOneAreAMistakeOfTheCaller() {
        assertThrows(IllegalArgumentException.class, () -> ledger.acknowledged("pump", 0));
        assertThrows(IllegalArgumentException.class, () -> ledger.delivered("pump", -1));
    }

    @Test
    void aFullLedgerSaysSoAndCertifiesNothing() {
        var small = new DeliveryLedger(1, 2);
        small.acknowledged("pump", 1);
        small.delivered("pump", 1);
        assertTrue(small.certificate().holds());

        small.delivered("pump", 5000);
        small.acknowledged("valve", 1);
        assertEquals(2, small.certificate().unaccounted());
        assertFalse(small.certificate().holds());
    }

    @Test
    void jsonHoldsTheTotalsAndEachDevice() throws Exception {
        acknowledge("pump \"1\"", 1, 2);
        deliver("pump \"1\"", 1, 1);

        Map<String, Object> json = JSON.std.mapFrom(ledger.certificate().toJson());
        assertEquals(false, json.get("holds"));
        assertEquals(2, json.get("acknowledged"));
        assertEquals(1, json.get("delivered"));
        assertEquals(1, json.get("duplicates"));
        assertEquals(1, json.get("lost"));
        assertEquals(
                List.of(Map.of(
                        "device",
                        "pump \"1\"",
                        "acknowledged",
                        2,
                        "delivered",
                        1,
                        "duplicates",
                        1,
                        "out_of_order",
                        0,
                        "lost",
                        1,
                        "extra",
                        0,
                        "first_lost",
                        List.of(2))),
                json.get("devices"));
    }

    @Test
    void textFitsEightyColumnsWhateverTheNames() {
        acknowledge("a-device-with-a-name-of-more-than-twenty-characters", 1, 2);
        deliver("pump", 1);

        List<String> text = ledger.certificate().toText();
        assertTrue(text.stream().allMatch(line -> line.length() <= 80), () -> String.join("\n", text));
        assertTrue(text.getLast().startsWith("all"));
        assertTrue(text.stream().anyMatch(line -> line.contains("lost: [1, 2]")), () -> String.join("\n", text));
    }

    private void acknowledge(String device, long... sequences) {
        for (long sequence : sequences) {
            ledger.acknowledged(device, sequence);
        }
    }

    private void deliver(String device, long... sequences) {
        for (long sequence : sequences) {
            ledger.delivered(device, sequence);
        }
    }
}
