package dev.edgegateway.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * What was asked for on the command line.
 *
 * @param seconds how long the devices publish.
 * @param rate messages per second of all devices together.
 * @param outageSeconds how long the uplink is cut, half way; 0 for never.
 * @param kills how often the gateway is ended with SIGKILL.
 * @param seed decides the moments of the kills, the devices' values and whom commands go to.
 * @param json whether the result is printed as JSON on standard output, and all else on standard error.
 * @param keep whether the working folder is left behind.
 */
record DemoOptions(
        int seconds, double rate, int devices, int outageSeconds, int kills, long seed, boolean json, boolean keep) {
    static final int MIN_SECONDS = 5;
    static final int MAX_SECONDS = 86_400;
    static final int MAX_DEVICES = 500;
    static final double MAX_RATE = 50_000;

    /** Before and after an outage there is at least this. */
    static final int MARGIN_SECONDS = 4;

    /** A gateway that was killed gets this long to show that it is back. */
    static final int SECONDS_PER_KILL = 3;

    /** What cannot be done, one sentence for each; empty if all can. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
            problems.add("--seconds " + seconds + ": must be from " + MIN_SECONDS + " to " + MAX_SECONDS);
        }
        if (!(rate > 0 && rate <= MAX_RATE)) {
            problems.add("--rate " + number(rate) + ": must be above 0 and at most " + number(MAX_RATE)
                    + " messages per second");
        }
        if (devices < 1 || devices > MAX_DEVICES) {
            problems.add("--devices " + devices + ": must be from 1 to " + MAX_DEVICES);
        }
        if (outageSeconds < 0) {
            problems.add("--outage " + outageSeconds + ": must be 0 (none) or more seconds");
        } else if (outageSeconds > 0 && outageSeconds > seconds - MARGIN_SECONDS) {
            problems.add("--outage " + outageSeconds + ": must be at least " + MARGIN_SECONDS
                    + " s shorter than --seconds (" + seconds + "), so that there is a before and an after");
        }
        if (kills < 0) {
            problems.add("--kills " + kills + ": must be 0 (none) or more");
        } else if (kills > Math.max(0, seconds) / SECONDS_PER_KILL) {
            problems.add("--kills " + kills + ": --seconds " + seconds + " has room for "
                    + Math.max(0, seconds) / SECONDS_PER_KILL + ", one every " + SECONDS_PER_KILL + " s");
        }
        return problems;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : "" + value;
    }
}
