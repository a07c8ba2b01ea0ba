package dev.edgegateway.demo.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the application makes of the events that it receives. */
final class Inbox {
    /** What it subscribes to: all events of all devices. */
    static final String EVENTS = "iot-2/type/+/id/+/evt/+/fmt/+";

    private static final Pattern EVENT = Pattern.compile("iot-2/type/([^/]+)/id/([^/]+)/evt/([^/]+)/fmt/[^/]+");

    /** Readings of a dozen quantities fit; what is longer is cut, as nobody reads it. */
    private static final int SHOWN_BYTES = 2000;

    private Inbox() {}

    /** @return empty if the topic is no event's. */
    static Optional<Report> report(String topic, byte[] payload, Instant now) {
        Matcher matcher = EVENT.matcher(topic);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String device = matcher.group(2);
        return Event.decode(payload)
                .<Report>map(event -> new Report.Delivered(
                        event.device(),
                        event.sequence(),
                        device,
                        Duration.between(event.sentAt(), now).toMillis()))
                .or(() -> Optional.of(new Report.Reading(device, matcher.group(3), shown(payload))));
    }

    private static String shown(byte[] payload) {
        return new String(payload, 0, Math.min(payload.length, SHOWN_BYTES), StandardCharsets.UTF_8);
    }
}
