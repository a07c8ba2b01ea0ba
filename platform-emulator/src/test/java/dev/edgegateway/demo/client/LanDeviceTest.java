package dev.edgegateway.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LanDeviceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int RATE = 10;

    private final FakeDeviceLink link = new FakeDeviceLink();
    private final List<Report> reports = new ArrayList<>();
    private final LanDevice device = new LanDevice(
            new DeviceSpec(DeviceSpec.Kind.PLATFORM, "pump-01", 1, RATE),
            link,
            reports::add,
            () -> Instant.EPOCH,
            new Random(1));
    private long now = 5 * SECOND;

    @Test
    void itPublishesAtItsPaceAndNumbersWithoutAGap() {
        runFor(10 * SECOND);

        assertEquals(10L * RATE, link.arrived.size(), 1);
        assertEquals(upTo(link.arrived.size()), link.arrived);
        assertEquals(link.arrived, acknowledged());
    }

    @Test
    void theWindowBoundsWhatIsUnacknowledged() {
        link.acknowledging(false);
        runFor(10 * SECOND);
        assertEquals(upTo(LanDevice.WINDOW), link.arrived);
        assertEquals(List.of(), acknowledged());

        link.acknowledging(true);
        runFor(SECOND);
        assertTrue(link.arrived.size() > LanDevice.WINDOW);
        assertEquals(link.arrived, acknowledged());
    }

    @Test
    void anAcknowledgementThatComesAfterALossCountsOnce() {
        link.acknowledging(false);
        runFor(SECOND);
        int open = link.arrived.size();
        link.cut();
        runFor(SECOND);
        link.cut();
        link.acknowledging(true);
        runFor(SECOND);

        assertTrue(open > 0);
        assertEquals(upTo(acknowledged().size()), acknowledged());
        assertEquals(acknowledged(), link.arrived.stream().distinct().toList());
        assertTrue(acknowledged().size() > open);
    }

    @Test
    void aMessageThatWasNotTakenIsPublishedLaterUnderTheSameNumber() {
        runFor(SECOND);
        link.cutSilently();
        link.reachable(false);
        runFor(SECOND);
        int before = link.arrived.size();
        link.reachable(true);
        runFor(2 * SECOND);

        assertTrue(link.arrived.size() > before);
        assertEquals(upTo(link.arrived.size()), link.arrived);
        assertEquals(link.arrived, acknowledged());
    }

    @Test
    void itComesBackByItselfWithGrowingPauses() {
        link.reachable(false);
        runFor(60 * SECOND);
        // From 0.1 s doubling to 1 s, each shortened by up to half.
        assertTrue(link.attempts >= 60 && link.attempts <= 130, () -> link.attempts + " attempts in a minute");

        link.reachable(true);
        runFor(2 * SECOND);
        assertEquals(List.of(new Report.Connected("pump-01")), reports.subList(0, 1));
    }

    @Test
    void aLossIsReportedOnce() {
        runFor(SECOND);
        link.cut();
        link.cut();
        assertEquals(
                1,
                reports.stream().filter(Report.Disconnected.class::isInstance).count());
    }

    @Test
    void afterAPauseItMakesUpForOneSecondOnly() {
        runFor(SECOND);
        link.cut();
        link.reachable(false);
        runFor(100 * SECOND);
        int before = link.arrived.size();
        link.reachable(true);
        runFor(5 * SECOND);

        assertEquals(6.0 * RATE, link.arrived.size() - before, RATE + 1.0);
    }

    @Test
    void stoppedItPublishesNothingNewAndSeesThroughWhatIsOpen() {
        link.acknowledging(false);
        runFor(SECOND);
        int open = link.arrived.size();
        device.stopPublishing();
        link.cut();
        link.acknowledging(true);
        runFor(5 * SECOND);

        assertEquals(upTo(open), acknowledged());
        assertEquals(new Report.Finished("pump-01"), reports.getLast());
        assertEquals(upTo(open), link.arrived.stream().distinct().toList());
    }

    @Test
    void atQos0NothingIsWaitedForAfterALoss() {
        var best = new LanDevice(
                new DeviceSpec(DeviceSpec.Kind.PLAIN, "climate-03", 0, RATE),
                link,
                reports::add,
                () -> Instant.EPOCH,
                new Random(1));
        link.acknowledging(false);
        for (long at = now; at < now + SECOND; at += SECOND / 100) {
            best.step(at);
        }
        assertFalse(link.arrived.isEmpty());
        best.stopPublishing();
        link.cut();
        best.step(now + 2 * SECOND);
        assertTrue(reports.contains(new Report.Finished("climate-03")), reports::toString);
    }

    @Test
    void commandsAreReportedWithTheDeviceTheyName() {
        runFor(SECOND);
        link.command(new Command("pump-01", 7).encode());
        link.command(new Command("pump-02", 3).encode());
        link.command("junk".getBytes(StandardCharsets.UTF_8));

        assertEquals(
                List.of(
                        new Report.CommandReceived("pump-01", "pump-01", 7),
                        new Report.CommandReceived("pump-01", "pump-02", 3),
                        new Report.CommandReceived("pump-01", "", 0)),
                reports.stream()
                        .filter(Report.CommandReceived.class::isInstance)
                        .toList());
    }

    @Test
    void endedItReturnsAndClosesItsLink() throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(device);
        device.end();
        thread.join();
        assertTrue(link.closed);
        assertFalse(thread.isAlive());
    }

    /** Steps through virtual time; a device that waits for a change is asked again every 50 ms. */
    private void runFor(long nanos) {
        long until = now + nanos;
        while (now < until) {
            long pause = device.step(now);
            now += Math.max(1, Math.min(pause, SECOND / 20));
        }
    }

    private List<Long> acknowledged() {
        return reports.stream()
                .filter(Report.Acknowledged.class::isInstance)
                .map(report -> ((Report.Acknowledged) report).sequence())
                .toList();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
