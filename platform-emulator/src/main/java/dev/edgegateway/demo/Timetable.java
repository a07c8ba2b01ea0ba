package dev.edgegateway.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What is done to the path, and when.
 *
 * @param steps by time.
 */
record Timetable(List<Step> steps) {
    /** What can be done. */
    enum Action {
        CUT,
        HEAL,
        KILL
    }

    /** @param at since the devices began to publish. */
    record Step(Duration at, Action action) {}

    private static final double FIRST_KILL = 0.1;
    private static final double LAST_KILL = 0.95;

    Timetable {
        steps = List.copyOf(steps);
    }

    /** The uplink is cut half way; the kills are spread over the run, one of them into the outage if there is one. */
    static Timetable of(DemoOptions options) {
        var steps = new ArrayList<Step>();
        double cut = (options.seconds() - options.outageSeconds()) / 2.0;
        double heal = cut + options.outageSeconds();
        if (options.outageSeconds() > 0) {
            steps.add(new Step(seconds(cut), Action.CUT));
            steps.add(new Step(seconds(heal), Action.HEAL));
        }
        double[] kills = kills(options, new Random(options.seed()));
        if (options.outageSeconds() > 0 && kills.length > 0) {
            moveOneInto(kills, cut, heal);
        }
        for (double kill : kills) {
            steps.add(new Step(seconds(kill), Action.KILL));
        }
        steps.sort(Comparator.comparing(Step::at));
        return new Timetable(steps);
    }

    /** One in each of as many equal parts of the run, within the middle half of its part. */
    private static double[] kills(DemoOptions options, Random random) {
        var kills = new double[options.kills()];
        double part = (LAST_KILL - FIRST_KILL) * options.seconds() / Math.max(1, kills.length);
        for (int i = 0; i < kills.length; i++) {
            kills[i] = FIRST_KILL * options.seconds() + (i + 0.25 + 0.5 * random.nextDouble()) * part;
        }
        return kills;
    }

    private static void moveOneInto(double[] kills, double cut, double heal) {
        double middle = (cut + heal) / 2;
        int nearest = 0;
        for (int i = 1; i < kills.length; i++) {
            if (Math.abs(kills[i] - middle) < Math.abs(kills[nearest] - middle)) {
                nearest = i;
            }
        }
        double quarter = (heal - cut) / 4;
        kills[nearest] = Math.clamp(kills[nearest], middle - quarter, middle + quarter);
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
