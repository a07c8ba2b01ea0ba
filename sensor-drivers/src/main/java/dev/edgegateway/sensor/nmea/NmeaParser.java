package dev.edgegateway.sensor.nmea;

import dev.edgegateway.sensor.nmea.NmeaSentence.Damaged;
import dev.edgegateway.sensor.nmea.NmeaSentence.Gga;
import dev.edgegateway.sensor.nmea.NmeaSentence.Rmc;
import dev.edgegateway.sensor.nmea.NmeaSentence.Unused;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads RMC and GGA of any talker. Longer lines than the standard's 82 characters are fine; the checksum must be there. */
public final class NmeaParser {
    /** One knot is one international nautical mile of 1852 m in an hour. */
    private static final double METRES_PER_SECOND_PER_KNOT = 1852.0 / 3600.0;

    /** Two letters for the talker, three for the sentence; proprietary ones start with P and differ. */
    private static final int ADDRESS_LENGTH = 5;

    private NmeaParser() {}

    /**
     * Never throws, whatever the line holds.
     *
     * @param line one sentence from {@code $} to the checksum, without the line's end.
     */
    public static NmeaSentence parse(String line) {
        try {
            List<String> fields = List.of(checked(line).split(",", -1));
            String address = fields.getFirst();
            if (address.length() != ADDRESS_LENGTH || address.startsWith("P")) {
                return new Unused();
            }
            return switch (address.substring(2)) {
                case "RMC" -> rmc(new Fields(fields));
                case "GGA" -> gga(new Fields(fields));
                default -> new Unused();
            };
        } catch (DamagedException damage) {
            return new Damaged(damage.reason());
        }
    }

    /** The text between {@code $} and {@code *}, once their checksum is found right. */
    private static String checked(String line) throws DamagedException {
        if (!line.startsWith("$")) {
            throw new DamagedException("does not start with $");
        }
        int star = line.length() - 3;
        if (star < 1 || line.charAt(star) != '*') {
            throw new DamagedException("does not end with a checksum (cut short?)");
        }
        int sum = 0;
        for (int i = 1; i < star; i++) {
            char character = line.charAt(i);
            if (character < ' ' || character > '~') {
                throw new DamagedException("holds bytes that are no text");
            }
            sum ^= character;
        }
        int high = hexDigit(line.charAt(star + 1));
        int low = hexDigit(line.charAt(star + 2));
        if (high < 0 || low < 0 || (high << 4 | low) != sum) {
            throw new DamagedException("has a wrong checksum");
        }
        return line.substring(1, star);
    }

    /** Only ASCII, where {@link Character#digit} takes the digits of every script. */
    private static int hexDigit(char character) {
        return character > '~' ? -1 : Character.digit(character, 16);
    }

    private static NmeaSentence rmc(Fields fields) throws DamagedException {
        String status = fields.text(2);
        // Since NMEA 2.3 a mode follows the magnetic variation, and N there means no fix too.
        boolean fix = status.equals("A") && !fields.optionalText(12).equals("N");
        if (!status.equals("A") && !status.equals("V")) {
            throw new DamagedException("has the unknown status \"" + status + "\"");
        }
        Optional<Position> position = fields.position(3);
        OptionalDouble knots = fields.decimal(7, 0, 10_000);
        OptionalDouble course = fields.decimal(8, 0, 360);
        if (!fix) {
            return new Rmc(Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }
        OptionalDouble speed = knots.isPresent()
                ? OptionalDouble.of(knots.getAsDouble() * METRES_PER_SECOND_PER_KNOT)
                : OptionalDouble.empty();
        return new Rmc(position, speed, course);
    }

    private static NmeaSentence gga(Fields fields) throws DamagedException {
        Optional<Position> position = fields.position(2);
        OptionalDouble quality = fields.integer(6, 9);
        OptionalDouble satellites = fields.integer(7, 999);
        // From the Dead Sea's floor to beyond the satellites themselves.
        OptionalDouble altitude = fields.decimal(9, -100_000, 100_000_000);
        fields.unit(10, "M");
        int fixQuality = (int) quality.orElse(0);
        OptionalInt inUse =
                satellites.isPresent() ? OptionalInt.of((int) satellites.getAsDouble()) : OptionalInt.empty();
        return fixQuality == 0
                ? new Gga(0, inUse, Optional.empty(), OptionalDouble.empty())
                : new Gga(fixQuality, inUse, position, altitude);
    }
}
