package dev.edgegateway.sensor.nmea;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** What one line of NMEA 0183 says. */
public sealed interface NmeaSentence {
    /**
     * Recommended minimum data.
     *
     * @param position absent while there is no fix.
     * @param speed over ground in metres per second; absent without a fix.
     * @param course over ground in degrees from true north, 0 to 360; absent without a fix, and usually at rest.
     */
    record Rmc(Optional<Position> position, OptionalDouble speed, OptionalDouble course) implements NmeaSentence {}

    /**
     * Fix data.
     *
     * @param quality how the fix was made: 0 none, 1 satellites alone, 2 differential, 4 and 5 real-time kinematic, 6
     *     estimated, 7 typed in, 8 simulated.
     * @param satellites in use.
     * @param position absent while there is no fix.
     * @param altitude above mean sea level in metres; absent without a fix.
     */
    record Gga(int quality, OptionalInt satellites, Optional<Position> position, OptionalDouble altitude)
            implements NmeaSentence {}

    /** Undamaged, but nothing this parser reads. */
    record Unused() implements NmeaSentence {}

    /**
     * Not what was sent, or not NMEA.
     *
     * @param reason for an operator, without the line itself.
     */
    record Damaged(String reason) implements NmeaSentence {}
}
