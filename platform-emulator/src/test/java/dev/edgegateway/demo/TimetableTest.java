package dev.edgegateway.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.edgegateway.demo.Timetable.Action;
import dev.edgegateway.demo.Timetable.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTest {

    @Test
    void theOutageIsHalfWayAndOneKillFallsIntoIt() {
        for (long seed = 0; seed < 100; seed++) {
            var steps = Timetable.of(options(45, 10, 1, seed)).steps();
            assertEquals(
                    List.of(Action.CUT, Action.KILL, Action.HEAL),
                    steps.stream().map(Step::action).toList());
            assertEquals(Duration.ofMillis(17_500), steps.getFirst().at());
            assertEquals(Duration.ofMillis(27_500), steps.getLast().at());
        }
    }

    @Test
    void manyKillsAreSpreadOverTheRunWithRoomBetweenThem() {
        for (long seed = 0; seed < 100; seed++) {
            var kills = Timetable.of(options(60, 0, 20, seed)).steps();
            assertEquals(20, kills.size());
            assertTrue(kills.getFirst().at().toMillis() >= 6_000);
            assertTrue(kills.getLast().at().toMillis() <= 57_000);
            for (int i = 1; i < kills.size(); i++) {
                assertTrue(kills.get(i).at().minus(kills.get(i - 1).at()).toMillis() >= 1_200);
            }
        }
    }

    @Test
    void withoutOutageAndKillsNothingIsDone() {
        assertEquals(List.of(), Timetable.of(options(45, 0, 0, 1)).steps());
    }

    @Test
    void theSeedDecides() {
        assertEquals(Timetable.of(options(45, 10, 3, 7)), Timetable.of(options(45, 10, 3, 7)));
        assertNotEquals(Timetable.of(options(45, 10, 3, 7)), Timetable.of(options(45, 10, 3, 8)));
    }

    private static DemoOptions options(int seconds, int outage, int kills, long seed) {
        return new DemoOptions(seconds, 100, 6, outage, kills, seed, false, false);
    }
}
