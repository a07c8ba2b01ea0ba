package dev.edgegateway.gateway.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTableTest {
    private static final long FORGET = FailureTable.FORGET_AFTER.toNanos();

    private final FailureTable table = new FailureTable(3);

    private Duration fail(String key, long now) {
        assertTrue(table.enter(key, now));
        Duration delay = table.failed(key, now);
        table.leave(key);
        return delay;
    }

    @Test
    void theFirstFailuresAreFreeAndThenTheWaitDoublesUpToACap() {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            waits.add(fail("a", 0).toMillis());
        }

        assertEquals(List.of(0L, 0L, 0L, 500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L, 10_000L, 10_000L), waits);
    }

    @Test
    void failuresAreForgottenOneByOne() {
        for (int i = 0; i < 5; i++) {
            fail("a", 0);
        }

        assertEquals(1000, fail("a", FORGET).toMillis(), "the fifth again, as one was forgotten");
        assertEquals(500, fail("a", 3 * FORGET).toMillis());
        assertEquals(0, fail("a", 100 * FORGET).toMillis());
    }

    @Test
    void evenTheLongestSeriesIsForgottenInSixMinutes() {
        for (int i = 0; i < 1000; i++) {
            fail("a", 0);
        }

        assertEquals(0, fail("a", Duration.ofMinutes(6).toNanos()).toMillis());
    }

    @Test
    void onlyWhoFailedTooOftenIsBoundInWhatMayBeUndecided() {
        for (int i = 0; i < 100; i++) {
            assertTrue(table.enter("good", 0));
        }
        for (int i = 0; i < 4; i++) {
            fail("bad", 0);
        }
        for (int i = 0; i < FailureTable.MAX_UNDECIDED; i++) {
            assertTrue(table.enter("bad", 0));
        }
        assertFalse(table.enter("bad", 0));
        table.leave("bad");
        assertTrue(table.enter("bad", 0));
    }

    @Test
    void theTableIsBoundAndWhoNeverFailedLeavesNothingBehind() {
        for (int i = 0; i < 100; i++) {
            assertTrue(table.enter("good" + i, 0));
            table.leave("good" + i);
        }
        assertEquals(0, table.size());
        for (int i = 0; i < 100; i++) {
            fail("bad" + i, 0);
        }
        assertEquals(3, table.size());
    }

    @ParameterizedTest
    @CsvSource({
        "/192.0.2.1:5000, 192.0.2.1",
        "192.0.2.1:5000, 192.0.2.1",
        "host/192.0.2.1:5000, 192.0.2.1",
        "/[2001:db8:1:2:3:4:5:6]:5000, 2001:db8:1:2::/64",
        "/[2001:db8:1:2:ffff:0:0:1]:1, 2001:db8:1:2::/64",
        "/[0:0:0:0:0:0:0:1]:5000, 0:0:0:0::/64",
        "local, local",
        "'', ''",
    })
    void anAddressIsAMachineOrANetworkOfOne(String remote, String origin) {
        assertEquals(origin, LoginBrake.origin(remote));
    }
}
