package dev.edgegateway.gateway.rehearsal;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SeverableProxyTest {
    private ServerSocket echo;
    private SeverableProxy proxy;
    private final List<Socket> clients = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        Thread.ofVirtual().start(this::serveEcho);
        proxy = SeverableProxy.open(new InetSocketAddress("127.0.0.1", echo.getLocalPort()));
    }

    @AfterEach
    void close() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        proxy.close();
        echo.close();
    }

    @Test
    void aWholeWirePassesBytesBothWaysAndCountsThem() throws IOException {
        Socket client = connect();
        assertEquals("hello", exchange(client, "hello"));

        var counters = proxy.counters();
        assertEquals(1, counters.open());
        assertEquals(1, counters.accepted());
        assertEquals(5, counters.bytesUp());
        await().untilAsserted(() -> assertEquals(5, proxy.counters().bytesDown()));
    }

    @Test
    void theEndOfOneSideReachesTheOther() throws IOException {
        Socket client = connect();
        client.getOutputStream().write("bye".getBytes(StandardCharsets.UTF_8));
        client.shutdownOutput();

        assertEquals("bye", new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertEquals(0, proxy.counters().open()));
    }

    @Test
    void severingResetsWhatIsConnected() throws IOException {
        Socket client = connect();
        exchange(client, "hello");
        proxy.sever();

        assertThrows(IOException.class, () -> readOrFailAtTheEnd(client));
        assertEquals(1, proxy.counters().reset());
        assertEquals(0, proxy.counters().open());
    }

    @Test
    void aSeveredWireTakesNoNewConnection() throws IOException {
        proxy.sever();
        Socket client = connect();

        assertThrows(IOException.class, () -> readOrFailAtTheEnd(client));
        await().untilAsserted(() -> assertEquals(1, proxy.counters().reset()));
    }

    @Test
    void aHealedWireServesNewConnectionsOnTheSamePort() throws IOException {
        int port = proxy.port();
        proxy.sever();
        proxy.heal();

        assertEquals(port, proxy.port());
        assertEquals("again", exchange(connect(), "again"));
    }

    @Test
    void aBlackHoleHoldsBytesAndLetsThemGoWhenHealed() throws IOException {
        Socket client = connect();
        exchange(client, "one");
        proxy.blackHole();
        client.getOutputStream().write("two".getBytes(StandardCharsets.UTF_8));

        client.setSoTimeout(100);
        assertThrows(SocketTimeoutException.class, () -> client.getInputStream().read());
        assertEquals(3, proxy.counters().bytesUp());

        client.setSoTimeout(10_000);
        proxy.heal();
        assertEquals("two", new String(client.getInputStream().readNBytes(3), StandardCharsets.UTF_8));
    }

    @Test
    void aConnectionTakenByABlackHoleIsServedWhenHealed() throws IOException {
        proxy.blackHole();
        Socket client = connect();
        await().untilAsserted(() -> assertEquals(1, proxy.counters().open()));
        proxy.heal();

        assertEquals("late", exchange(client, "late"));
    }

    @Test
    void severingAlsoEndsWhatABlackHoleHolds() throws IOException {
        proxy.blackHole();
        Socket client = connect();
        await().untilAsserted(() -> assertEquals(1, proxy.counters().open()));
        proxy.sever();

        assertThrows(IOException.class, () -> readOrFailAtTheEnd(client));
    }

    @Test
    void aTargetThatIsNotThereCostsTheClientItsConnection() throws IOException {
        echo.close();
        Socket client = connect();

        assertThrows(IOException.class, () -> readOrFailAtTheEnd(client));
        await().untilAsserted(() -> assertEquals(0, proxy.counters().open()));
    }

    @Test
    void closingFreesThePortAndEndsEveryConnectionInAnyState() throws IOException {
        Socket first = connect();
        exchange(first, "hello");
        proxy.blackHole();
        Socket second = connect();
        await().untilAsserted(() -> assertEquals(2, proxy.counters().open()));
        int port = proxy.port();

        proxy.close(); // returns only when every thread has ended
        proxy.close();

        assertThrows(IOException.class, () -> readOrFailAtTheEnd(first));
        assertThrows(IOException.class, () -> readOrFailAtTheEnd(second));
        assertThrows(IOException.class, () -> new Socket("127.0.0.1", port).close());
    }

    @Test
    void manyCutsLeaveNoConnectionBehind() throws IOException {
        for (int i = 0; i < 50; i++) {
            exchange(connect(), "ping");
            proxy.sever();
            proxy.heal();
        }
        assertEquals(0, proxy.counters().open());
        assertEquals(50, proxy.counters().reset());
        assertTrue(proxy.counters().bytesUp() >= 200);
    }

    private Socket connect() throws IOException {
        var client = new Socket("127.0.0.1", proxy.port());
        client.setSoTimeout(10_000);
        clients.add(client);
        return client;
    }

    private static String exchange(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        return new String(client.getInputStream().readNBytes(text.length()), StandardCharsets.UTF_8);
    }

    private static void readOrFailAtTheEnd(Socket client) throws IOException {
        if (client.getInputStream().read() < 0) {
            throw new IOException("end of stream");
        }
    }

    private void serveEcho() {
        while (true) {
            try {
                Socket peer = echo.accept();
                Thread.ofVirtual().start(() -> echoTo(peer));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echoTo(Socket peer) {
        try (peer) {
            peer.getInputStream().transferTo(peer.getOutputStream());
        } catch (IOException e) {
            // The proxy has cut it.
        }
    }
}
