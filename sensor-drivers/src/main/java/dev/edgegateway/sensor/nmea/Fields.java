package dev.edgegateway.sensor.nmea;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** The fields of a sentence by their place, 0 being the address; empty fields are absent values. */
record Fields(List<String> values) {
    /** Narrower than what Java takes for a number: no exponents, hexadecimals, NaN or blanks. */
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,10}(\\.[0-9]{0,12})?");

    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern LATITUDE = Pattern.compile("[0-9]{4}(\\.[0-9]{0,12})?");
    private static final Pattern LONGITUDE = Pattern.compile("[0-9]{5}(\\.[0-9]{0,12})?");

    Fields {
        values = List.copyOf(values);
    }

    String text(int index) throws DamagedException {
        if (index >= values.size()) {
            throw new DamagedException("has only " + (values.size() - 1) + " fields");
        }
        return values.get(index);
    }

    /** For fields that later versions of the standard have added. */
    String optionalText(int index) {
        return index < values.size() ? values.get(index) : "";
    }

    OptionalDouble decimal(int index, double least, double most) throws DamagedException {
        return number(index, DECIMAL, least, most);
    }

    OptionalDouble integer(int index, int most) throws DamagedException {
        return number(index, INTEGER, 0, most);
    }

    void unit(int index, String expected) throws DamagedException {
        String unit = text(index);
        if (!unit.isEmpty() && !unit.equals(expected)) {
            throw new DamagedException("has another unit than " + expected + " in field " + index);
        }
    }

    /** Four fields: latitude as {@code ddmm.mm}, N or S, longitude as {@code dddmm.mm}, E or W; all or none. */
    Optional<Position> position(int index) throws DamagedException {
        String latitude = text(index);
        String northSouth = text(index + 1);
        String longitude = text(index + 2);
        String eastWest = text(index + 3);
        if (latitude.isEmpty() && longitude.isEmpty()) {
            return Optional.empty();
        }
        double north = degrees(latitude, LATITUDE, 2) * sign(northSouth, "N", "S");
        double east = degrees(longitude, LONGITUDE, 3) * sign(eastWest, "E", "W");
        if (Math.abs(north) > 90 || Math.abs(east) > 180) {
            throw new DamagedException("has a position that is not on Earth");
        }
        return Optional.of(new Position(north, east));
    }

    private OptionalDouble number(int index, Pattern form, double least, double most) throws DamagedException {
        String text = text(index);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!form.matcher(text).matches()) {
            throw new DamagedException("has no number in field " + index);
        }
        double value = Double.parseDouble(text);
        if (value < least || value > most) {
            throw new DamagedException("has a number out of range in field " + index);
        }
        return OptionalDouble.of(value);
    }

    private static double degrees(String text, Pattern form, int degreeDigits) throws DamagedException {
        if (!form.matcher(text).matches()) {
            throw new DamagedException("has a position that is no number");
        }
        int degrees = Integer.parseInt(text.substring(0, degreeDigits));
        double minutes = Double.parseDouble(text.substring(degreeDigits));
        if (minutes >= 60) {
            throw new DamagedException("has a position of 60 minutes or more");
        }
        return degrees + minutes / 60;
    }

    private static int sign(String side, String positive, String negative) throws DamagedException {
        if (side.equals(positive)) {
            return 1;
        }
        if (side.equals(negative)) {
            return -1;
        }
        throw new DamagedException("has a position without its side of the globe");
    }
}
