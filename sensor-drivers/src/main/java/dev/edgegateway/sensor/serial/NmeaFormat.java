package dev.edgegateway.sensor.serial;

import dev.edgegateway.sensor.Quantity;
import dev.edgegateway.sensor.nmea.NmeaParser;
import dev.edgegateway.sensor.nmea.NmeaSentence;
import dev.edgegateway.sensor.nmea.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sentences of NMEA 0183 as values. */
final class NmeaFormat implements LineFormat {
    @Override
    public Parsed parse(String line) {
        return switch (NmeaParser.parse(line)) {
            case NmeaSentence.Rmc rmc -> {
                List<Value> values = new ArrayList<>();
                addPosition(rmc.position(), values);
                rmc.speed().ifPresent(speed -> values.add(new Value("speed", Quantity.SPEED, speed)));
                rmc.course().ifPresent(course -> values.add(new Value("heading", Quantity.HEADING, course)));
                yield new Parsed.Values(values);
            }
            case NmeaSentence.Gga gga -> {
                List<Value> values = new ArrayList<>();
                addPosition(gga.position(), values);
                gga.altitude().ifPresent(altitude -> values.add(new Value("altitude", Quantity.ALTITUDE, altitude)));
                gga.satellites()
                        .ifPresent(satellites -> values.add(new Value("satellites", Quantity.COUNT, satellites)));
                values.add(new Value("fix_quality", Quantity.UNSPECIFIED, gga.quality()));
                yield new Parsed.Values(values);
            }
            case NmeaSentence.Unused() -> new Parsed.Values(List.of());
            case NmeaSentence.Damaged(String reason) -> new Parsed.Bad(reason);
        };
    }

    private static void addPosition(Optional<Position> position, List<Value> values) {
        position.ifPresent(place -> {
            values.add(new Value("latitude", Quantity.LATITUDE, place.latitude()));
            values.add(new Value("longitude", Quantity.LONGITUDE, place.longitude()));
        });
    }
}
