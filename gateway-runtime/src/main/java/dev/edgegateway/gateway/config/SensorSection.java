package dev.edgegateway.gateway.config;

import dev.edgegateway.broker.TopicName;
import dev.edgegateway.sensor.Option;
import dev.edgegateway.sensor.Options;
import dev.edgegateway.sensor.SensorDriver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one {@code [[sensor]]}. */
final class SensorSection {
    static final Key<String> ID =
            Key.required("id", Kinds.identifier(), "What the sensor is called; unique among the sensors.");
    private static final Key<String> DRIVER = Key.required(
            "driver", Kinds.text(100), "What kind of sensor it is; each driver has keys of its own, below.");
    private static final Key<Duration> INTERVAL = Key.withDefault(
            "interval",
            Kinds.duration("10ms", "1d"),
            Duration.ofSeconds(10),
            "How often it is read. A sensor that speaks by itself is not asked.");
    private static final Key<TopicName> TOPIC = Key.optional(
            "topic",
            Kinds.topicName(),
            "`edge-gateway/sensors/{id}`",
            "The local topic its readings are published to. With profile iot-2 they go up as an event of the gateway itself,"
                    + " named like the sensor, unless a `[[route]]` takes them; with profile mqtt a `[[route]]` relays them.");

    static final Section SECTION =
            new Section("sensor", true, "A sensor of the board itself.", List.of(ID, DRIVER, INTERVAL, TOPIC));

    private SensorSection() {}

    /** @return empty if the driver is not known, without which the other keys cannot be read. */
    static Optional<SensorConfig> read(TableReader table, List<SensorDriver> drivers) {
        String id = table.get(ID);
        Duration interval = table.get(INTERVAL);
        TopicName topic = table.find(TOPIC).orElseGet(() -> new TopicName("edge-gateway/sensors/" + id));
        List<String> names = drivers.stream().map(SensorDriver::name).sorted().toList();
        if (!table.has(DRIVER)) {
            table.missing(DRIVER, "expected one of " + String.join(", ", names));
            return Optional.empty();
        }
        String name = table.get(DRIVER);
        if (!table.sound(DRIVER)) {
            return Optional.empty();
        }
        Optional<SensorDriver> driver =
                drivers.stream().filter(known -> known.name().equals(name)).findFirst();
        if (driver.isEmpty()) {
            table.error(
                    DRIVER,
                    "is " + Node.quoted(name) + ", and no such driver is installed",
                    names.isEmpty() ? "there are none at all" : Suggestion.didYouMean(name, names));
            return Optional.empty();
        }
        Options options = options(table, driver.get());
        if (table.clean()) {
            tryOut(table, id, driver.get(), options);
        }
        return Optional.of(new SensorConfig(id, driver.get(), interval, topic, options));
    }

    /** The driver has the last word on its options; making a sensor does not touch the part yet. */
    private static void tryOut(TableReader table, String id, SensorDriver driver, Options options) {
        try {
            driver.open(id, options, InstantSource.system()).close();
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int colon = message.indexOf(": ");
            Optional<Option> meant = driver.options().stream()
                    .filter(option -> colon >= 0 && option.key().equals(message.substring(0, colon)))
                    .findFirst();
            if (meant.isPresent()) {
                table.error(key(meant.get()), message.substring(colon + 2), "see the keys of this driver");
            } else {
                table.error(DRIVER, "does not take these keys", message);
            }
        }
    }

    private static Options options(TableReader table, SensorDriver driver) {
        Map<Option, Key<?>> keys = new LinkedHashMap<>();
        driver.options().forEach(option -> keys.put(option, key(option)));
        List<Key<?>> known = new ArrayList<>(SECTION.keys());
        known.addAll(keys.values());
        table.refuseOthers(known);
        Map<String, Object> values = new HashMap<>();
        keys.forEach((option, key) -> {
            Object fallback = option.fallback();
            if (table.has(key) || option.required()) {
                values.put(option.key(), table.get(key));
            } else if (fallback != null) {
                values.put(option.key(), fallback);
            }
        });
        return new Options(values);
    }

    /** The key of an option. */
    static Key<?> key(Option option) {
        return switch (option.kind()) {
            case TEXT -> key(option, Kinds.text(1000), String.class);
            case INTEGER -> key(option, Kinds.wholeNumber(), Long.class);
            case NUMBER -> key(option, Kinds.number(), Double.class);
            case FLAG -> key(option, Kinds.flag(), Boolean.class);
            case DURATION -> key(option, Kinds.duration("0s", "3650d"), Duration.class);
            case CHOICE -> {
                Map<String, String> words = new LinkedHashMap<>();
                option.choices().forEach(word -> words.put(word, word));
                yield key(option, Kinds.word(words), String.class);
            }
        };
    }

    private static <T> Key<T> key(Option option, Kind<T> kind, Class<T> type) {
        Object fallback = option.fallback();
        return new Key<>(
                option.key(),
                kind,
                option.required(),
                fallback == null ? null : type.cast(fallback),
                "",
                option.description());
    }
}
