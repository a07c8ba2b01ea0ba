package dev.edgegateway.sensor.nmea;

/**
 * A place on Earth in decimal degrees, WGS 84.
 *
 * @param latitude -90 to 90, north positive.
 * @param longitude -180 to 180, east positive.
 */
public record Position(double latitude, double longitude) {
    public Position {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("no place on Earth: " + latitude + ", " + longitude);
        }
    }
}
