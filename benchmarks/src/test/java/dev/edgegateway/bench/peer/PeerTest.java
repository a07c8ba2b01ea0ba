package dev.edgegateway.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.LocalBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aProcessThatEndsAtOnceIsReportedWithWhatItSaid() {
        PeerException failure = assertThrows(
                PeerException.class,
                () -> Peer.start(
                        "nobody",
                        directory,
                        Peer.freePort(),
                        List.of("/bin/sh", "-c", "echo no licence; exit 3"),
                        Map.of()));
        assertEquals("nobody did not start: no licence", failure.getMessage());
    }

    @Test
    void aProgramThatIsMissingIsNamed() {
        PeerException failure = assertThrows(
                PeerException.class,
                () -> Peer.start("nobody", directory, Peer.freePort(), List.of("./no-such-program"), Map.of()));
        assertTrue(failure.toString().contains("no-such-program"), failure.toString());
    }

    @Test
    void theFirstConnackOfABrokerIsSeen() {
        try (LocalBroker broker = LocalBroker.open(LocalBroker.Parts.inMemory(BrokerSettings.onPort("127.0.0.1", 0)))) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", broker.port("tcp"));
            assertTrue(FirstConnack.await(address, () -> true, Duration.ofSeconds(30)));
        }
    }

    @Test
    void aServerThatAcceptsAndStaysSilentIsNotUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress("127.0.0.1", silent.getLocalPort());
            assertFalse(FirstConnack.await(address, () -> true, Duration.ofMillis(100)));
        }
    }
}
