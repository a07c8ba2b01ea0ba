package dev.edgegateway.gateway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.gateway.control.StatusReport;
import dev.edgegateway.gateway.control.StatusReports;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusScreenTest {
    @Test
    void anOutageIsSeenAtAGlance() {
        assertEquals("""
                edge-gateway gw-001 (edge-gateway)   0.1.0   up 1d 2h   pid 4711   start 7

                uplink    WAITING for 2m 5s   mqtt to tcp://127.0.0.1:21883   0 in flight
                          connection refused
                queue     20,000 messages   5.0 MB of 512 MB (1%)   oldest 2m 5s
                          1,000,000 taken, 980,000 delivered, 0 dropped
                broker    12 clients   15 sessions   31 subscriptions   4 retained
                          1,234,567 received, 2,345,678 sent, 3 dropped, 42 waiting (121 KB)
                          tcp 127.0.0.1:1883
                store     8.0 MB on disk   5,120 commits   70.0 MB written
                sensors   board   system     good    4s     temperature 48.25 Cel, load 0.5
                          gps     nmea       failed         no such line: /dev/ttyS9
                          boiler  key_value  stale   1h 1m  pressure 101325 Pa
                """, new StatusScreen(StatusReports.duringAnOutage(), false).text());
    }

    @Test
    void whatIsNotThereTakesNoRoom() {
        String screen = new StatusScreen(StatusReports.withoutUplink(), false).text();

        assertTrue(screen.contains("uplink    NONE   nothing is relayed\n"), screen);
        assertFalse(screen.contains("sensors"), screen);
        assertFalse(screen.contains("oldest"), screen);
        assertFalse(screen.contains("null"), screen);
    }

    @Test
    void valuesAreWrittenForReading() {
        assertEquals("48.25 Cel", StatusScreen.value(new StatusReport.Value("t", 48.25, "Cel")));
        assertEquals("22.4 GB", StatusScreen.value(new StatusReport.Value("m", 24_095_375_360.0, "B")));
        assertEquals("68.6%", StatusScreen.value(new StatusReport.Value("r", 0.686, "/")));
        assertEquals("1h 6m", StatusScreen.value(new StatusReport.Value("u", 3988.79, "s")));
        assertEquals("0.25 s", StatusScreen.value(new StatusReport.Value("u", 0.25, "s")));
        assertEquals("-3", StatusScreen.value(new StatusReport.Value("n", -3, "")));
    }

    @Test
    void coloursChangeNothingButColours() {
        String plain = new StatusScreen(StatusReports.duringAnOutage(), false).text();
        String coloured = new StatusScreen(StatusReports.duringAnOutage(), true).text();

        assertTrue(coloured.contains("\u001b[33mWAITING\u001b[0m"), coloured);
        assertTrue(coloured.contains("\u001b[31m3 dropped\u001b[0m"), coloured);
        assertEquals(plain, coloured.replaceAll("\u001b\\[\\d+m", ""));
    }

    @Test
    void whatAPlatformSaidDoesNotSteerTheTerminal() {
        StatusReport report = StatusReports.duringAnOutage();
        StatusReport.Uplink uplink = new StatusReport.Uplink(
                StatusReport.UplinkState.REFUSED, "uplink", "mqtt", "tcp://h:1", 1, "bad\u001b[2Juser\nname", 0);
        String screen = new StatusScreen(
                        new StatusReport(
                                report.gateway(), report.broker(), uplink, report.queue(), report.store(), List.of()),
                        false)
                .text();

        assertTrue(screen.contains("bad [2Juser name"), screen);
    }

    @Test
    void numbersAreShortAndNotWrong() {
        assertEquals("0 B", StatusScreen.bytes(0));
        assertEquals("1023 B", StatusScreen.bytes(1023));
        assertEquals("1.0 KB", StatusScreen.bytes(1024));
        assertEquals("3.5 GB", StatusScreen.bytes(3_758_096_384L));
        assertEquals("0s", StatusScreen.duration(0));
        assertEquals("59s", StatusScreen.duration(59));
        assertEquals("1m", StatusScreen.duration(60));
        assertEquals("1h", StatusScreen.duration(3659));
        assertEquals("30d 23h", StatusScreen.duration(31L * 86_400 - 1));
    }
}
