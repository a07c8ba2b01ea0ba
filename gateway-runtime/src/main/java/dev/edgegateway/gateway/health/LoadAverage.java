package dev.edgegateway.gateway.health;

/**
 * How often something happens, per minute, over the last 1, 5 and 15 minutes: exponentially weighted, from samples of a
 * count at any distance. Starts at 0. One thread.
 */
final class LoadAverage {
    /** In seconds. */
    private static final double[] WINDOWS = {60, 300, 900};

    private final double[] averages = new double[WINDOWS.length];
    private long before;

    /**
     * Takes a sample.
     *
     * @param count since the start.
     * @param seconds since the last sample, above 0.
     */
    void sample(long count, double seconds) {
        double perMinute = (count - before) * 60 / seconds;
        before = count;
        for (int i = 0; i < WINDOWS.length; i++) {
            averages[i] = perMinute + Math.exp(-seconds / WINDOWS[i]) * (averages[i] - perMinute);
        }
    }

    double perMinute1() {
        return averages[0];
    }

    double perMinute5() {
        return averages[1];
    }

    double perMinute15() {
        return averages[2];
    }
}
