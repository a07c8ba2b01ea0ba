package dev.edgegateway.gateway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReferenceTest {
    private static final Path FILE = Path.of("..", "docs", "configuration.md");

    @Test
    void theCommittedReferenceIsUpToDate() throws IOException {
        String reference = Reference.markdown(ConfigLoader.installedDrivers());
        if (Boolean.getBoolean("reference.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, reference);
        }

        assertEquals(
                reference,
                Files.readString(FILE),
                "write it anew: mvn verify -pl gateway-runtime -am -Dtest=ReferenceTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dreference.write=true");
    }

    @Test
    void everyKeyOfEveryTableAndDriverIsExplained() {
        String reference = Reference.markdown(List.of(FakeDriver.SYSTEM, FakeDriver.SERIAL));

        for (Section section : Schema.SECTIONS) {
            assertTrue(reference.contains("\n## " + section.header() + "\n"), section.name());
            for (Key<?> key : section.keys()) {
                assertTrue(
                        reference.contains(
                                "| `" + key.name() + "` | " + key.kind().name()),
                        key.name());
            }
        }
        assertTrue(reference.contains("| `baud` | integer | `9600` | Its speed."), reference);
        assertTrue(
                reference.contains("| `device` | text, up to 1000 characters | required | The serial line."),
                reference);
        assertTrue(reference.contains("| `silence` | duration, 0s to 3650d | `\"30s\"` |"), reference);
    }
}
