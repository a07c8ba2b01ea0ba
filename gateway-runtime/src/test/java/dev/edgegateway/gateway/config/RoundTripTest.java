package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written the way the reference writes it is read as the same. */
class RoundTripTest {
    @TempDir
    Path folder;

    @Test
    void everyDefaultWrittenOutMeansTheSameAsLeftOut() throws ConfigException {
        ConfigFolder files = new ConfigFolder(folder).with("gateway.toml", ConfigFolder.MINIMAL + uplink(""));
        GatewayConfig leftOut = files.config();

        String gateway = "type_id = \"edge-gateway\"\ndevice_id = \"gw-001\"\n";
        String written = "[gateway]\n" + gateway + defaults(GatewaySection.SECTION) + "[[listener]]\n"
                + defaults(ListenerSection.SECTION).replace("allow_anonymous = false", "allow_anonymous = true")
                + "[queue]\n" + defaults(QueueSection.SECTION)
                + uplink(defaults(UplinkSection.SECTION))
                + "[broker]\n" + defaults(BrokerSection.SECTION);

        assertEquals(leftOut, files.with("gateway.toml", written).config(), written);
    }

    private static String uplink(String more) {
        return "[uplink]\nprofile = \"mqtt\"\nurl = \"tcp://localhost:1883\"\n" + more;
    }

    private static String defaults(Section section) {
        StringBuilder text = new StringBuilder();
        for (Key<?> key : section.keys()) {
            String fallback = key.writtenFallback();
            if (fallback != null) {
                text.append(key.name()).append(" = ").append(fallback).append('\n');
            }
        }
        return text.toString();
    }

    @Test
    void sizesAndDurationsReadAsTheyAreWritten() {
        Random random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            long bytes = random.nextLong(1, 1L << (1 + random.nextInt(50)));
            Duration duration = Duration.ofMillis(random.nextLong(1L << (1 + random.nextInt(40))));
            assertEquals(bytes, Units.size(Units.write(bytes)));
            assertEquals(duration, Units.duration(Units.write(duration)));
        }
        assertEquals(
                List.of("1B", "1KB", "512MB", "3GB", "1TB", "1025B"),
                Stream.of(1L, 1024L, 512L << 20, 3L << 30, 1L << 40, 1025L)
                        .map(Units::write)
                        .toList());
    }
}
