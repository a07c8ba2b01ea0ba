package dev.edgegateway.gateway.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerListener.Traffic;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ConnectRequest;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.Namespace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientLogTest {
    private static final long SECOND = 1_000_000_000;

    private final List<String> lines = new ArrayList<>();
    private long now = 5;
    private final ClientLog log = new ClientLog(() -> now, lines::add);

    private static ClientInfo client(String id) {
        return new ClientInfo(id, "anna", "lan", "/192.0.2.7:4711", 4, true, Namespace.PLAIN, Instant.EPOCH);
    }

    private static ConnectRequest request(String id) {
        return new ConnectRequest("lan", "/192.0.2.7:4711", id, 4, true, 60, null, null, null);
    }

    private void leave(String id) {
        log.disconnected(client(id), DisconnectReason.KEEP_ALIVE_TIMEOUT, new Traffic(0, 0, 0, 0), Instant.EPOCH);
    }

    @Test
    void whoComesGoesAndIsTurnedAwayGetsALineWithTheReasonInWords() {
        log.connected(client("pump"));
        leave("pump");
        log.refused(request("thief"), "wrong password");
        log.failed("lan", "/192.0.2.9:1", "malformed packet");

        assertEquals(
                List.of(
                        "Client 'pump' connected from 192.0.2.7:4711 over listener 'lan': MQTT 3.1.1, clean session,"
                                + " user 'anna'",
                        "Client 'pump' from 192.0.2.7:4711 disconnected: nothing heard for one and a half keep-alive"
                                + " intervals",
                        "Client 'thief' from 192.0.2.7:4711 over listener 'lan' refused: wrong password",
                        "Connection from 192.0.2.9:1 over listener 'lan' failed: malformed packet"),
                lines);
    }

    @Test
    void moreThanTwentyInASecondAreSummedUpInOneLine() {
        for (int i = 0; i < 1000; i++) {
            log.connected(client("c" + i));
        }
        leave("c1");
        log.refused(request("x"), "no");
        assertEquals(ClientLog.LINES_PER_SECOND, lines.size());

        now += SECOND - 1;
        log.flush();
        assertEquals(ClientLog.LINES_PER_SECOND, lines.size(), "the second is not over");
        now += 1;
        log.flush();
        log.flush();

        assertEquals(ClientLog.LINES_PER_SECOND + 1, lines.size());
        assertEquals("Of more clients in that second: 980 connected, 1 disconnected, 1 refused", lines.getLast());
    }

    @Test
    void aNewSecondHasRoomAgainWithoutAnyoneFlushing() {
        for (int i = 0; i < 21; i++) {
            leave("c" + i);
        }
        now += SECOND;
        leave("late");

        assertEquals(22, lines.size());
        assertEquals("Of more clients in that second: 0 connected, 1 disconnected, 0 refused", lines.get(20));
        assertTrue(lines.getLast().startsWith("Client 'late'"), lines.getLast());
    }

    @Test
    void anEvilNameNeitherBreaksTheLineNorFillsTheLog() {
        log.connected(client("a\nClient 'root' connected\u001b[2J\u2028" + "x".repeat(60_000)));

        assertEquals(1, lines.size());
        assertFalse(lines.getFirst().matches("(?s).*[\\n\u001b\\x{2028}].*"), lines.getFirst());
        assertTrue(lines.getFirst().length() < 250, lines.getFirst());
    }
}
