package dev.edgegateway.forward;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every link to a platform does. */
public abstract class PlatformLinkContract {
    /** Keeps what a link reports. */
    public static final class Reports implements PlatformLink.Listener {
        private final List<Long> acknowledged = new CopyOnWriteArrayList<>();
        private volatile @Nullable Throwable lost;

        @Override
        public void acknowledged(long id) {
            acknowledged.add(id);
        }

        @Override
        public void lost(Throwable cause) {
            lost = cause;
        }

        public List<Long> acknowledged() {
            return acknowledged;
        }

        public @Nullable Throwable lost() {
            return lost;
        }
    }

    protected abstract PlatformLink link();

    /** Topics of the messages that arrived, in order. */
    protected abstract List<String> arrived();

    protected abstract void holdAcks();

    protected abstract void releaseAcks();

    protected abstract void sever();

    protected abstract void refuseNextConnection();

    protected abstract String unsendableTopic();

    protected static OutboundMessage message(long id, String topic, int qos) {
        return new OutboundMessage(
                id, topic, ("p" + id).getBytes(StandardCharsets.UTF_8), qos, false, new Stamp(1, 1, 1, true));
    }

    @Test
    void eachMessageIsAcknowledgedOnceItArrived() throws Exception {
        Reports reports = new Reports();
        link().connect(reports);
        for (long id = 1; id <= 20; id++) {
            link().publish(message(id, "t/" + id, 1));
        }
        await().until(() -> reports.acknowledged().size() == 20);
        assertEquals(20, arrived().size());
        assertEquals("t/1", arrived().getFirst());
        assertEquals("t/20", arrived().getLast());
        assertEquals(20, reports.acknowledged().stream().distinct().count());
        assertNull(reports.lost());
    }

    @Test
    void nothingIsReportedBeforeThePlatformSaysSo() throws Exception {
        Reports reports = new Reports();
        link().connect(reports);
        holdAcks();
        link().publish(message(1, "t", 1));
        await().until(() -> arrived().size() == 1);
        assertEquals(List.of(), reports.acknowledged());
        releaseAcks();
        await().until(() -> reports.acknowledged().equals(List.of(1L)));
    }

    @Test
    void aBrokenConnectionIsReportedAndAnotherOneCanBeMade() throws Exception {
        Reports first = new Reports();
        link().connect(first);
        holdAcks();
        link().publish(message(1, "t", 1));
        await().until(() -> arrived().size() == 1);
        sever();
        await().until(() -> first.lost() != null);
        releaseAcks();
        Reports second = new Reports();
        link().connect(second);
        link().publish(message(2, "u", 1));
        await().until(() -> second.acknowledged().equals(List.of(2L)));
        assertEquals(List.of("t", "u"), arrived(), "the link sends nothing again of its own accord");
        assertEquals(List.of(), first.acknowledged());
    }

    @Test
    void aRefusalIsToldFromAFailure() {
        refuseNextConnection();
        assertTrue(assertThrows(PlatformException.class, () -> link().connect(new Reports()))
                .refused());
    }

    @Test
    void aMessageThatCannotBeSentLeavesTheConnectionAlone() throws Exception {
        Reports reports = new Reports();
        link().connect(reports);
        assertThrows(UnsendableException.class, () -> link().publish(message(1, unsendableTopic(), 1)));
        link().publish(message(2, "fine", 1));
        await().until(() -> reports.acknowledged().equals(List.of(2L)));
        assertNull(reports.lost());
    }

    @Test
    void nothingIsSentWithoutAConnection() throws Exception {
        assertThrows(PlatformException.class, () -> link().publish(message(1, "t", 1)));
        Reports reports = new Reports();
        link().connect(reports);
        link().abandon();
        link().abandon();
        PlatformException gone = assertThrows(PlatformException.class, () -> link().publish(message(1, "t", 1)));
        assertFalse(gone instanceof UnsendableException);
    }

    @Test
    void aClosedLinkStaysClosed() throws Exception {
        link().connect(new Reports());
        link().close();
        link().close();
        assertThrows(PlatformException.class, () -> link().connect(new Reports()));
    }
}
